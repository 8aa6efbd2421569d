using VffNetlink;
using VffNetlink.Route;
using VffNetlink.Uapi;
using Vffnl.Names;
using Vffnl.Output;

namespace Vffnl.Route;

/// <summary>The fields of a neighbour.</summary>
internal static class NeighbourFields
{
    private const uint Managed = 1; // NTF_EXT_MANAGED

    private static readonly (NUD State, string Name)[] StateNames =
    [
        (NUD.NUD_INCOMPLETE, "INCOMPLETE"), (NUD.NUD_REACHABLE, "REACHABLE"), (NUD.NUD_STALE, "STALE"), (NUD.NUD_DELAY, "DELAY"), (NUD.NUD_PROBE, "PROBE"),
        (NUD.NUD_FAILED, "FAILED"), (NUD.NUD_NOARP, "NOARP"), (NUD.NUD_PERMANENT, "PERMANENT"),
    ];

    /// <summary>Whether it is one to show: multicast and what needs no neighbour is not, nor is what nothing is known of.</summary>
    public static bool IsShown(Neighbour neighbour) =>
        (neighbour.State & ~NUD.NUD_NOARP) != 0 || (neighbour.Flags & (NTF.NTF_PROXY | NTF.NTF_EXT_LEARNED)) != 0;

    /// <summary>Writes them into the object that was begun.</summary>
    public static void Write(Report report, Neighbour neighbour, LinkDirectory links)
    {
        if (neighbour.Destination is not null)
            report.Text("dst", new InetAddress(neighbour.Destination).ToString());
        if (neighbour.LinkIndex != 0)
            report.Text("dev", links.NameOf(neighbour.LinkIndex));
        if (!neighbour.HardwareAddress.IsEmpty)
            report.Text("lladdr", HardwareAddress.Text(neighbour.HardwareAddress, links.TypeOf(neighbour.LinkIndex)));
        MarkIf(report, "router", (neighbour.Flags & NTF.NTF_ROUTER) != 0);
        MarkIf(report, "proxy", (neighbour.Flags & NTF.NTF_PROXY) != 0);
        MarkIf(report, "managed", ((neighbour.ExtendedFlags ?? 0) & Managed) != 0);
        MarkIf(report, "extern_learn", (neighbour.Flags & NTF.NTF_EXT_LEARNED) != 0);
        MarkIf(report, "offload", (neighbour.Flags & NTF.NTF_OFFLOADED) != 0);
        if (neighbour.State != 0)
        {
            report.BeginArray("state");
            foreach (var (state, name) in StateNames)
            {
                if ((neighbour.State & state) != 0)
                    report.Item(name);
            }

            report.EndArray();
        }

        if (neighbour.Protocol is { } protocol and not 0)
            report.Text("protocol", NumberNames.Protocols.Of(protocol));
    }

    private static void MarkIf(Report report, string name, bool isSet)
    {
        if (isSet)
            report.Mark(name);
    }
}
