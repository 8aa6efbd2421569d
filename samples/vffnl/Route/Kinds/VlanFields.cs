using System.Globalization;
using System.Runtime.CompilerServices;
using VffNetlink;
using VffNetlink.Route;
using VffNetlink.Uapi;
using Vffnl.Names;
using Vffnl.Output;

namespace Vffnl.Route.Kinds;

/// <summary>The fields of a VLAN.</summary>
internal static class VlanFields
{
    private static readonly (VLAN_FLAG Flag, string Name)[] FlagNames =
    [
        (VLAN_FLAG.VLAN_FLAG_REORDER_HDR, "REORDER_HDR"), (VLAN_FLAG.VLAN_FLAG_GVRP, "GVRP"), (VLAN_FLAG.VLAN_FLAG_MVRP, "MVRP"),
        (VLAN_FLAG.VLAN_FLAG_LOOSE_BINDING, "LOOSE_BINDING"), (VLAN_FLAG.VLAN_FLAG_BRIDGE_BINDING, "BRIDGE_BINDING"),
    ];

    /// <summary>The tag's protocol by name.</summary>
    public static string ProtocolName(ushort protocol) => protocol switch
    {
        0x8100 => "802.1Q",
        0x88a8 => "802.1ad",
        _ => string.Create(CultureInfo.InvariantCulture, $"[{protocol}]"),
    };

    [ModuleInitializer]
    internal static void Enter() => LinkKinds.Add("vlan", Write);

    private static void Write(Report report, Link link, LinkDirectory links)
    {
        if (link.KindData is null || !link.TryReadKind<VlanLink>(out var vlan) || vlan.Id is not { } id)
            return;
        report.Text("protocol", vlan.Protocol is { } protocol ? ProtocolName(protocol) : "802.1q");
        report.Number("id", id);
        if (vlan.Flags is { } flags)
            WriteFlags(report, flags.flags);
        WriteMappings(report, "ingress_qos", vlan.Ingress);
        WriteMappings(report, "egress_qos", vlan.Egress);
    }

    private static void WriteFlags(Report report, VLAN_FLAG flags)
    {
        report.BeginArray("flags");
        foreach (var (flag, name) in FlagNames)
        {
            if ((flags & flag) != 0)
                report.Item(name);
            flags &= ~flag;
        }

        if (flags != 0)
            report.Item(((uint)flags).ToString("x", CultureInfo.InvariantCulture));
        report.EndArray();
    }

    private static void WriteMappings(Report report, string name, RawAttributes mappings)
    {
        if (mappings.IsEmpty)
            return;
        report.BeginArray(name);
        foreach (var mapping in VlanLink.ReadMappings(mappings))
        {
            report.BeginObject();
            report.Number("from", mapping.From);
            report.Number("to", mapping.To);
            report.EndObject();
        }

        report.EndArray();
    }
}
