using System.Runtime.CompilerServices;
using VffNetlink.Route;
using VffNetlink.Uapi;
using Vffnl.Names;
using Vffnl.Output;

namespace Vffnl.Route.Kinds;

/// <summary>The fields of a macvlan, and of a macvtap, which tells the same.</summary>
internal static class MacvlanFields
{
    [ModuleInitializer]
    internal static void Enter()
    {
        LinkKinds.Add("macvlan", Write);
        LinkKinds.Add("macvtap", Write);
    }

    private static void Write(Report report, Link link, LinkDirectory links)
    {
        if (link.KindData is not { } data)
            return;
        var macvlan = MacvlanLink.Read(data.Span);
        if (macvlan.Mode is not { } mode)
            return;
        report.Text("mode", mode switch
        {
            MACVLAN_MODE.MACVLAN_MODE_PRIVATE => "private",
            MACVLAN_MODE.MACVLAN_MODE_VEPA => "vepa",
            MACVLAN_MODE.MACVLAN_MODE_BRIDGE => "bridge",
            MACVLAN_MODE.MACVLAN_MODE_PASSTHRU => "passthru",
            MACVLAN_MODE.MACVLAN_MODE_SOURCE => "source",
            _ => "unknown",
        });
        var flags = macvlan.Flags ?? 0;
        report.FlagIfSet("nopromisc", (flags & MACVLAN_FLAG.MACVLAN_FLAG_NOPROMISC) != 0);
        report.FlagIfSet("nodst", (flags & MACVLAN_FLAG.MACVLAN_FLAG_NODST) != 0);
        report.NumberIf("bcqueuelen", macvlan.BroadcastQueueLength);
        report.NumberIf("usedbcqueuelen", macvlan.BroadcastQueueLengthUsed);
        if (mode == MACVLAN_MODE.MACVLAN_MODE_SOURCE && macvlan.AddressCount is { } count)
            WriteSources(report, macvlan, count);
    }

    private static void WriteSources(Report report, in MacvlanLink macvlan, uint count)
    {
        report.Number("macaddr_count", (int)count);
        if (macvlan.Addresses.IsEmpty)
            return;
        report.BeginArray("macaddr_data");
        foreach (var address in macvlan.Addresses.Read<IFLA_MACVLAN>())
        {
            if (address.Id == IFLA_MACVLAN.IFLA_MACVLAN_MACADDR)
                report.Item(new LinkLayerAddress(address.Payload).ToString());
        }

        report.EndArray();
    }
}
