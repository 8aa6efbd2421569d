using VffNetlink.Conntrack;
using VffNetlink.Conntrack.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Fuzzing.Targets;

/// <summary>The readers of connection tracking.</summary>
internal static class ConntrackTargets
{
    private static readonly FlowFilter Filter = new() { Mark = new MaskedMark(1), Original = new TupleFilter { SourcePort = 1, Source = InetAddress.Parse("192.0.2.1") } };

    private static readonly FlowTable FlowEvents = new(Filter);

    /// <summary>All of them.</summary>
    public static IEnumerable<FuzzTarget> All =>
    [
        Of(typeof(FlowView), ReadFlow, IPCTNL_MSG.IPCTNL_MSG_CT_NEW, IPCTNL_MSG.IPCTNL_MSG_CT_DELETE),
        Of(typeof(FlowEvent), static (scoped in m) => _ = FlowEvent.Read(m)?.ToString(), IPCTNL_MSG.IPCTNL_MSG_CT_NEW, IPCTNL_MSG.IPCTNL_MSG_CT_DELETE),
        Of(typeof(FlowTable), static (scoped in m) => FlowEvents.Read(m, out _), IPCTNL_MSG.IPCTNL_MSG_CT_NEW, IPCTNL_MSG.IPCTNL_MSG_CT_DELETE),
        Of(typeof(ConntrackStatistics), static (scoped in m) => _ = ConntrackStatistics.Read(m.Attributes<nfgenmsg, CTA_STATS_GLOBAL>()).ToString(), IPCTNL_MSG.IPCTNL_MSG_CT_GET_STATS),
        Of(typeof(ConntrackCpuStatistics), static (scoped in m) => _ = ConntrackCpuStatistics.Read(m).ToString(), IPCTNL_MSG.IPCTNL_MSG_CT_GET_STATS_CPU),
        OfExpectations(typeof(ExpectationView), ReadExpectation, IPCTNL_MSG_EXP.IPCTNL_MSG_EXP_NEW, IPCTNL_MSG_EXP.IPCTNL_MSG_EXP_DELETE).With(Expect("192.0.2.1", "198.51.100.1"), Expect("2001:db8::1", "2001:db8::2")),
        OfExpectations(typeof(Expectation), static (scoped in m) => _ = Expectation.Read(m).ToString(), IPCTNL_MSG_EXP.IPCTNL_MSG_EXP_NEW).With(Expect("192.0.2.1", "198.51.100.1"), Expect("2001:db8::1", "2001:db8::2")),
        OfExpectations(typeof(ExpectationCpuStatistics), static (scoped in m) => _ = ExpectationCpuStatistics.Read(m).ToString(), IPCTNL_MSG_EXP.IPCTNL_MSG_EXP_GET_STATS_CPU),
        FuzzTarget.OfNetfilter(typeof(TimeoutPolicy), NFNL_SUBSYS.NFNL_SUBSYS_CTNETLINK_TIMEOUT, static (scoped in m) => _ = TimeoutPolicy.Read(m).ToString(), IPCTNL_MSG_TIMEOUT.IPCTNL_MSG_TIMEOUT_NEW),
        FuzzTarget.OfNetfilter(typeof(UserHelper), NFNL_SUBSYS.NFNL_SUBSYS_CTHELPER, static (scoped in m) => _ = UserHelper.Read(m).ToString(), NFNL_MSG_CTHELPER.NFNL_MSG_CTHELPER_NEW),
    ];

    private static FuzzTarget Of(Type reader, MessageReading read, params IPCTNL_MSG[] types) => FuzzTarget.OfNetfilter(reader, NFNL_SUBSYS.NFNL_SUBSYS_CTNETLINK, read, types);

    private static FuzzTarget OfExpectations(Type reader, MessageReading read, params IPCTNL_MSG_EXP[] types) => FuzzTarget.OfNetfilter(reader, NFNL_SUBSYS.NFNL_SUBSYS_CTNETLINK_EXP, read, types);

    private static void ReadFlow(scoped in NetlinkMessage message)
    {
        var view = FlowView.Read(message);
        ViewProperties<FlowView>.Read(ref view);
        _ = view.ToFlow().ToString();
        _ = view.ToInfo().ToString();
        _ = Filter.Matches(view);
    }

    /// <summary>An expectation with all that one can be made of.</summary>
    private static byte[] Expect(string client, string server)
    {
        var (source, destination) = (InetAddress.Parse(client), InetAddress.Parse(server));
        var master = new ConntrackTuple(IpProtocol.Tcp, source, 5000, destination, 21);
        return ExpectationRequest.Create(new byte[1024], new Expectation
        {
            Master = master,
            Tuple = new ConntrackTuple(IpProtocol.Tcp, destination, 20, source, 5001),
            Mask = new ConntrackTuple(IpProtocol.Tcp, source, 0, destination, ushort.MaxValue),
            Timeout = TimeSpan.FromSeconds(300),
            Helper = "ftp",
            Flags = 0,
            Class = 0,
            Nat = new ExpectationNat(true, master),
            Function = "nat-follow-master",
        }).Message.ToArray();
    }

    private static void ReadExpectation(scoped in NetlinkMessage message)
    {
        var view = ExpectationView.Read(message);
        ViewProperties<ExpectationView>.Read(ref view);
        _ = view.ToExpectation().ToString();
    }
}
