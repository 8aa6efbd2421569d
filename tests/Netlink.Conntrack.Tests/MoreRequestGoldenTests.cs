using VffNetlink.Conntrack.Uapi;
using VffNetlink.Testing;

namespace VffNetlink.Conntrack.Tests;

/// <summary>Every other request, byte for byte as the real tools send it.</summary>
/// <remarks>
/// What differs, and why, beyond what <see cref="RequestGoldenTests"/> says:
/// <list type="bullet">
/// <item><c>conntrack -I --label-add</c> sends as many labels as it needs; ours are all 128.</item>
/// <item><c>conntrack --orig-vtag</c> writes verification tags in the machine's byte order, and reads them so; they are in network byte order.</item>
/// <item><c>conntrack -F -f ipv6</c> sends a message of version 0, in which the kernel ignores the family: it deletes the flows of both. Ours is of version 1.</item>
/// <item><c>conntrack -I expect</c> leaves the expected tuple's transport out, and <c>-G expect</c> puts it into the master's place.</item>
/// <item><c>conntrack -L expect</c> asks for IPv4; so do we where we are asked to.</item>
/// <item><c>nfct … add</c> does not ask for NLM_F_EXCL, so that what is there is refused by EBUSY.</item>
/// </list>
/// </remarks>
public class MoreRequestGoldenTests
{
    private const byte Exclusive = 2; // NLM_F_EXCL, in the high byte of the flags

    private static readonly ConntrackTuple Udp = new(IpProtocol.Udp, Flows.Client4, 41001, Flows.Server4, 443);

    private readonly byte[] _buffer = new byte[FlowRequest.MaximumLength];

    public MoreRequestGoldenTests() => _buffer.AsSpan().Fill(0xee);

    [Fact]
    public void Create_With_Translation_State_And_Labels()
    {
        var golden = Golden.Load("create-more.txt");
        var liberal = new TcpTracking { State = TcpState.SynSent, OriginalFlags = TcpFlags.SackPermitted | TcpFlags.BeLiberal, ReplyFlags = TcpFlags.SackPermitted | TcpFlags.BeLiberal };
        var flow = new Flow { Original = Udp, Timeout = TimeSpan.FromSeconds(120) };
        Flow[] flows =
        [
            flow with { Original = Flows.Udp4, SourceNat = Range("203.0.113.5", 7000) },
            flow with { DestinationNat = Range("10.0.0.9", 8443) },
            new() { Original = new(IpProtocol.Tcp, Flows.Client6, 5, Flows.Server6, 80), Timeout = TimeSpan.FromSeconds(60), Tcp = liberal, SourceNat = Range("2001:db8::9", 99) },
            flow with { Original = new(IpProtocol.Sctp, Flows.Client4, 41001, Flows.Server4, 443), Sctp = new SctpTracking(SctpState.Established, 17u << 24, 34u << 24) },
            flow with { Original = new(IpProtocol.Dccp, Flows.Client4, 41001, Flows.Server4, 443), Dccp = new DccpTracking(DccpState.Open, OriginalIsServer: false, null) },
        ];
        for (var i = 0; i < flows.Length; i++)
            Golden.Equal(Wire.Canonical(golden[i]), FlowRequest.Create(_buffer, flows[i]).Message);

        var labelled = FlowRequest.Create(_buffer, flow with { Original = new(IpProtocol.Udp, Flows.Client4, 41002, Flows.Server4, 443), Labels = ConntrackLabels.Of(7) }).Message;
        Golden.Equal(Wire.Canonical(golden[5], CTA.CTA_LABELS), Wire.Canonical(labelled, CTA.CTA_LABELS));
        Assert.Equal([.. golden[5][^4..], .. new byte[12]], labelled[^16..].ToArray());
        Assert.Equal(6, golden.Count);
    }

    [Fact]
    public void Update()
    {
        var golden = Golden.Load("update-more.txt");
        var labelled = new ConntrackTuple(IpProtocol.Udp, Flows.Client4, 41002, Flows.Server4, 443);
        Golden.Equal(Wire.Canonical(golden[0]), FlowRequest.Update(_buffer, Udp, new FlowChange { Timeout = TimeSpan.FromSeconds(77) }).Message);
        var status = FlowStatus.SeenReply | FlowStatus.Assured | FlowStatus.Confirmed | FlowStatus.DestinationNat | FlowStatus.SourceNatDone | FlowStatus.DestinationNatDone;
        Golden.Equal(Wire.Canonical(golden[1]), FlowRequest.Update(_buffer, Udp, new FlowChange { Status = status }).Message);
        var seven = ConntrackLabels.Of(7);
        Golden.Equal(Wire.Canonical(golden[2]), FlowRequest.Update(_buffer, labelled, new FlowChange { Labels = new MaskedLabels(seven, seven) }).Message);
        Golden.Equal(Wire.Canonical(golden[3]), FlowRequest.Update(_buffer, labelled, new FlowChange { Labels = new MaskedLabels(default) }).Message);
        Assert.Equal(4, golden.Count);
    }

    [Fact]
    public void A_Change_Of_The_Mark_Is_What_SetMark_Sends()
    {
        foreach (var mark in (MaskedMark[])[new(5, 0xffff), new(0), default])
        {
            var expected = FlowRequest.SetMark(new byte[FlowRequest.MaximumLength], Udp, mark).Message.ToArray();
            Golden.Equal(expected, FlowRequest.Update(_buffer, Udp, new FlowChange { Mark = mark }).Message);
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(TimeSpan.TicksPerSecond, 1)]
    [InlineData(TimeSpan.TicksPerSecond + 1, 2)]
    [InlineData(long.MaxValue, uint.MaxValue)]
    public void A_Part_Of_A_Second_Counts_As_One(long ticks, uint seconds)
    {
        var expected = FlowRequest.Update(new byte[FlowRequest.MaximumLength], Udp, new FlowChange { Timeout = TimeSpan.FromSeconds((long)seconds) }).Message.ToArray();
        Golden.Equal(expected, FlowRequest.Update(_buffer, Udp, new FlowChange { Timeout = TimeSpan.FromTicks(ticks) }).Message);
    }

    [Fact]
    public void Lists_And_Flushes()
    {
        var golden = Golden.Load("lists.txt");
        Golden.Equal(golden[0], FlowRequest.Dump(_buffer, new FlowFilter { Status = new MaskedStatus(FlowStatus.SeenReply) }).Message);
        Golden.Equal(golden[1], FlowRequest.Dump(_buffer, default, FlowList.Dying).Message);
        Golden.Equal(golden[2], FlowRequest.Dump(_buffer, default, FlowList.Unconfirmed).Message);
        Golden.Equal(golden[3], FlowRequest.Dump(_buffer, default, FlowList.TableAndZeroCounters).Message);
        Golden.Equal(golden[4], FlowRequest.Flush(_buffer).Message);
        var versioned = golden[5].ToArray();
        versioned[17] = 1;
        Golden.Equal(versioned, FlowRequest.Flush(_buffer, InetFamily.IPv6).Message);
        Golden.Equal(golden[6], FlowRequest.CpuStatistics(_buffer).Message);
        var both = new FlowFilter { Family = InetFamily.IPv6, Mark = new MaskedMark(5, 0xff), Status = new MaskedStatus(FlowStatus.Assured) };
        Golden.Equal(golden[7], FlowRequest.Dump(_buffer, both).Message);
        Assert.Equal(8, golden.Count);
    }

    [Fact]
    public void Get_And_Zero_Is_A_Get_Of_Another_Type()
    {
        var get = FlowRequest.Get(new byte[FlowRequest.MaximumLength], Udp).Message.ToArray();
        get[4] = (byte)IPCTNL_MSG.IPCTNL_MSG_CT_GET_CTRZERO;
        Golden.Equal(get, FlowRequest.Get(_buffer, Udp, zeroCounters: true).Message);
    }

    [Fact]
    public void Expectations()
    {
        var golden = Golden.Load("expect.txt");
        var expected = new ConntrackTuple(IpProtocol.Tcp, Flows.Server4, 0, Flows.Client4, 6000);
        var master = new ConntrackTuple(IpProtocol.Tcp, Flows.Client4, 5000, Flows.Server4, 21);
        var create = ExpectationRequest.Create(_buffer, new Expectation { Master = master, Tuple = expected, Timeout = TimeSpan.FromSeconds(30) }).Message;
        Golden.Equal(Wire.CanonicalExpectation(golden[0], CTA_EXPECT.CTA_EXPECT_TUPLE), Wire.CanonicalExpectation(create, CTA_EXPECT.CTA_EXPECT_TUPLE));
        Golden.Equal(golden[1], ExpectationRequest.Dump(_buffer, InetFamily.IPv4).Message);
        Golden.Equal(golden[2], ExpectationRequest.Dump(_buffer, InetFamily.IPv6).Message);
        var get = Wire.CanonicalExpectation(golden[3]);
        get[22] = (byte)CTA_EXPECT.CTA_EXPECT_TUPLE;
        Golden.Equal(get, ExpectationRequest.Get(_buffer, expected).Message);
        Golden.Equal(Wire.CanonicalExpectation(golden[4]), ExpectationRequest.Delete(_buffer, expected).Message);
        var flush = golden[5].ToArray();
        flush[16] = 0; // the kernel does not look at the family
        Golden.Equal(flush, ExpectationRequest.Flush(_buffer).Message);
        Golden.Equal(golden[6], ExpectationRequest.CpuStatistics(_buffer).Message);
        Assert.Equal(7, golden.Count);
    }

    [Fact]
    public void What_Would_Delete_Everything_Is_Refused_Before()
    {
        Assert.Throws<ArgumentException>(() => ExpectationRequest.Delete(_buffer, default).Length);
        Assert.Throws<ArgumentException>(() => ExpectationRequest.Get(_buffer, default).Length);
        Assert.Throws<ArgumentException>(() => ExpectationRequest.Flush(_buffer, "").Length);
        Assert.Throws<ArgumentException>(() => TimeoutRequest.Delete(_buffer, "").Length);
        Assert.Throws<ArgumentException>(() => HelperRequest.Delete(_buffer, "", InetFamily.IPv4, IpProtocol.Tcp).Length);
        Assert.Throws<ArgumentException>(() => FlowRequest.Update(_buffer, default, new FlowChange { Mark = new MaskedMark(1) }).Length);
    }

    [Fact]
    public void Timeouts()
    {
        var golden = Golden.Load("timeout.txt");
        var slow = new TimeoutPolicy
        {
            Name = "slow",
            Family = InetFamily.IPv4,
            Protocol = IpProtocol.Tcp,
            Timeouts = StateTimeouts.Empty.With(TcpTimeout.Established, TimeSpan.FromDays(5)).With(TcpTimeout.Close, TimeSpan.FromSeconds(10)),
        };
        var quick = new TimeoutPolicy
        {
            Name = "quick",
            Family = InetFamily.IPv6,
            Protocol = IpProtocol.Udp,
            Timeouts = StateTimeouts.Empty.With(UdpTimeout.Unreplied, TimeSpan.FromSeconds(10)).With(UdpTimeout.Replied, TimeSpan.FromSeconds(20)),
        };
        Golden.Equal(WithFlag(golden[0], Exclusive), TimeoutRequest.Create(_buffer, slow).Message);
        Golden.Equal(WithFlag(golden[1], Exclusive), TimeoutRequest.Create(_buffer, quick).Message);
        Golden.Equal(WithFlag(golden[1], 1), TimeoutRequest.Create(_buffer, quick, replace: true).Message); // NLM_F_REPLACE
        Golden.Equal(golden[2], TimeoutRequest.Dump(_buffer).Message);
        Golden.Equal(golden[3], TimeoutRequest.Get(_buffer, "slow").Message);
        Golden.Equal(golden[4], TimeoutRequest.Delete(_buffer, "slow").Message);
        Golden.Equal(golden[5], TimeoutRequest.GetDefault(_buffer, InetFamily.IPv4, IpProtocol.Tcp).Message);
        var timeouts = StateTimeouts.Empty.With(TcpTimeout.Close, TimeSpan.FromSeconds(5)).With(TcpTimeout.Established, TimeSpan.FromMinutes(10));
        Golden.Equal(golden[6], TimeoutRequest.SetDefault(_buffer, InetFamily.IPv4, IpProtocol.Tcp, timeouts).Message);
        Assert.Equal(7, golden.Count);
    }

    [Fact]
    public void Helpers()
    {
        var golden = Golden.Load("helper.txt");
        var ftp = new UserHelper
        {
            Name = "ftp",
            Family = InetFamily.IPv4,
            Protocol = IpProtocol.Tcp,
            PrivateDataLength = 24,
            Policies = [new HelperPolicy("ftp", 1, TimeSpan.FromMinutes(5))],
        };
        Golden.Equal(WithFlag(golden[0], Exclusive), HelperRequest.Create(_buffer, ftp).Message);
        Golden.Equal(golden[1], HelperRequest.Dump(_buffer).Message);
        Golden.Equal(golden[2], HelperRequest.Get(_buffer, "ftp", InetFamily.IPv4, IpProtocol.Tcp).Message);
        Golden.Equal(golden[3], HelperRequest.Delete(_buffer, "ftp", InetFamily.IPv4, IpProtocol.Tcp).Message);
        Golden.Equal(golden[4], HelperRequest.Create(_buffer, ftp with { Policies = [], IsEnabled = false }, change: true).Message);
        Assert.Equal(5, golden.Count);
    }

    [Fact]
    public void What_Is_Written_Of_A_Helper_Is_Read_Again()
    {
        var helper = new UserHelper
        {
            Name = "several",
            Family = InetFamily.IPv6,
            Protocol = IpProtocol.Udp,
            QueueNumber = 0,
            PrivateDataLength = 32,
            IsEnabled = true,
            Policies = [.. Enumerable.Range(1, 4).Select(static i => new HelperPolicy($"class{i}", (uint)i, TimeSpan.FromSeconds(i)))],
        };
        Messages.Each(HelperRequest.Create(_buffer, helper).Message, (scoped in NetlinkMessage message) => Assert.Equal(helper, UserHelper.Read(message)));
        Assert.Throws<ArgumentException>(() => HelperRequest.Create(_buffer, helper with { Policies = [] }).Length);
        Assert.Throws<ArgumentException>(() => HelperRequest.Create(_buffer, helper with { Policies = [.. helper.Policies, helper.Policies[0]] }).Length);
        Assert.Throws<ArgumentException>(() => HelperRequest.Create(_buffer, helper with { Name = "sixteen bytes ...", }).Length);
    }

    [Fact]
    public void Statistics_Of_Processors_Are_Read_As_The_Tool_Reads_Them()
    {
        var golden = Golden.Load("stats-cpu.txt");
        var printed = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Golden", "stats-cpu.out"));
        Assert.Equal(2, golden.Count);
        for (var i = 0; i < golden.Count; i++)
        {
            Messages.Each(golden[i], (scoped in NetlinkMessage message) =>
            {
                var s = ConntrackCpuStatistics.Read(message);
                Assert.Equal(printed[i], CpuLine.Of(s));
                Assert.Equal((null, null, null, null, null), (s.Searched, s.New, s.Ignored, s.Deleted, s.DeletedToList));
            });
        }
    }

    private static NatRange Range(string address, ushort port) => new() { First = InetAddress.Parse(address), FirstPort = port, LastPort = port };

    private static byte[] WithFlag(byte[] message, byte high)
    {
        var copy = message.ToArray();
        copy[7] |= high;
        return copy;
    }
}
