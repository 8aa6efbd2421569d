using VffNetlink.Conntrack;
using VffNetlink.Conntrack.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Fuzzing.Targets;

/// <summary>The readers of connection tracking.</summary>
internal static class ConntrackTargets
{
    private const NFNL_SUBSYS Subsystem = NFNL_SUBSYS.NFNL_SUBSYS_CTNETLINK;

    private static readonly FlowFilter Filter = new() { Mark = new MaskedMark(1), Original = new TupleFilter { SourcePort = 1, Source = InetAddress.Parse("192.0.2.1") } };

    /// <summary>All of them.</summary>
    public static IEnumerable<FuzzTarget> All =>
    [
        FuzzTarget.OfNetfilter(typeof(FlowView), Subsystem, ConntrackCatalog.Flows, ReadFlow, IPCTNL_MSG.IPCTNL_MSG_CT_NEW, IPCTNL_MSG.IPCTNL_MSG_CT_DELETE),
        FuzzTarget.OfNetfilter(typeof(ConntrackStatistics), Subsystem, FuzzSuite.Catalog.SpaceOf(NETLINK.NETLINK_NETFILTER, FlowRequest.TypeOf(IPCTNL_MSG.IPCTNL_MSG_CT_GET_STATS))!, static (scoped in m) => ConntrackStatistics.Read(m.Attributes<nfgenmsg, CTA_STATS_GLOBAL>()), IPCTNL_MSG.IPCTNL_MSG_CT_GET_STATS),
    ];

    private static void ReadFlow(scoped in NetlinkMessage message)
    {
        var view = FlowView.Read(message);
        ViewProperties<FlowView>.Read(ref view);
        _ = view.ToFlow().ToString();
        _ = view.ToInfo().ToString();
        _ = Filter.Matches(view);
    }
}
