using VffNetlink.Conntrack.Uapi;
using VffNetlink.Testing;

namespace VffNetlink.Conntrack.Tests;

/// <summary>Every request, byte for byte as the real tools send it.</summary>
/// <remarks>
/// What differs, and why:
/// <list type="bullet">
/// <item>Padding: libnetfilter_conntrack leaves what was in its buffer; ours is zero.</item>
/// <item>
/// <c>conntrack -G</c> and <c>-U</c> send TCP flags (CTA_PROTOINFO) with the tuple, as for a new flow. A look-up ignores them, and an update
/// would make the kernel check the connection's windows liberally from then on; ours leaves them out.
/// </item>
/// <item>
/// <c>conntrack -D</c> sends back the whole flow that it had dumped. The kernel looks at the tuple, the zone and the id (which
/// the tool does not send); ours sends these.
/// </item>
/// <item>A zone of one direction is looked up with CTA_ZONE, not CTA_TUPLE_ZONE: it finds flows whose zone is that of both directions, too.</item>
/// <item><c>conntrack -L -m 5</c> sends the mask 0xffffffff, and so do we in a dump; in an update both leave it out.</item>
/// <item>pyroute2 does not flag nests, and puts the tuple behind the mark.</item>
/// </list>
/// </remarks>
public class RequestGoldenTests
{
    private readonly byte[] _buffer = new byte[FlowRequest.MaximumLength];

    public RequestGoldenTests() => _buffer.AsSpan().Fill(0xee);

    [Fact]
    public void Create()
    {
        var golden = Golden.Load("create.txt");
        var liberal = new TcpTracking
        {
            State = TcpState.Established,
            OriginalFlags = TcpFlags.SackPermitted | TcpFlags.BeLiberal,
            ReplyFlags = TcpFlags.SackPermitted | TcpFlags.BeLiberal,
        };
        Flow[] flows =
        [
            new() { Original = Flows.Tcp4, Timeout = TimeSpan.FromSeconds(600), Mark = 0x70005, Tcp = liberal },
            new() { Original = Flows.Udp6.InZone(7), Timeout = TimeSpan.FromSeconds(120) },
            new() { Original = Flows.Udp4.InZone(9), Reply = Flows.Udp4.Inverted(), Timeout = TimeSpan.FromSeconds(120) },
            new() { Original = Udp(41001), Reply = Udp(41001).Inverted().InZone(9), Timeout = TimeSpan.FromSeconds(120) },
            new() { Original = Udp(41002), Timeout = TimeSpan.FromSeconds(120), Status = FlowStatus.SeenReply | FlowStatus.Assured },
            new() { Original = Flows.Icmp4, Timeout = TimeSpan.FromSeconds(30) },
            new() { Original = Flows.Icmp6, Timeout = TimeSpan.FromSeconds(30) },
            new() { Original = new(IpProtocol.UdpLite, Flows.Client4, 6000, Flows.Server4, 443), Timeout = TimeSpan.FromSeconds(30) },
            new() { Original = new(IpProtocol.Gre, Flows.Client4, 0x11, Flows.Server4, 0x22), Timeout = TimeSpan.FromSeconds(30) },
            new() { Original = new(IpProtocol.Esp, Flows.Client4, 0, Flows.Server4, 0), Timeout = TimeSpan.FromSeconds(30) },
            new() { Original = Udp(41003), Reply = new(IpProtocol.Udp, InetAddress.Parse("10.0.0.1"), 8443, Flows.Client4, 41003), Timeout = TimeSpan.FromSeconds(120) },
        ];
        Assert.Equal(golden.Count, flows.Length);
        for (var i = 0; i < flows.Length; i++)
            Golden.Equal(Wire.Canonical(golden[i]), FlowRequest.Create(_buffer, flows[i]).Message);
    }

    [Fact]
    public void Get()
    {
        var golden = Golden.Load("get.txt");
        Golden.Equal(Wire.Canonical(golden[0], CTA.CTA_PROTOINFO), FlowRequest.Get(_buffer, Flows.Tcp4).Message);
        Golden.Equal(Wire.Canonical(golden[1]), FlowRequest.Get(_buffer, Flows.Icmp4).Message);
    }

    [Fact]
    public void SetMark()
    {
        var golden = Golden.Load("update.txt");
        Golden.Equal(Wire.Canonical(golden[0], CTA.CTA_PROTOINFO), FlowRequest.SetMark(_buffer, Flows.Tcp4, new MaskedMark(9)).Message);
        Golden.Equal(Wire.Canonical(golden[1]), FlowRequest.SetMark(_buffer, Flows.Udp6, new MaskedMark(0x10000)).Message);
    }

    [Fact]
    public void SetMark_Under_A_Mask() =>
        Golden.Equal(Wire.Sorted(Golden.Load("pyroute2.txt")[0]), FlowRequest.SetMark(_buffer, Flows.Tcp4, new MaskedMark(6, 0xffff)).Message);

    [Fact]
    public void Delete()
    {
        CTA[] unused = [CTA.CTA_TUPLE_REPLY, CTA.CTA_STATUS, CTA.CTA_TIMEOUT, CTA.CTA_MARK, CTA.CTA_PROTOINFO, CTA.CTA_SYNPROXY];
        var golden = Golden.Load("delete.txt");
        Golden.Equal(Wire.Canonical(golden[0], unused), FlowRequest.Delete(_buffer, Flows.Tcp4).Message);
        Golden.Equal(Wire.Canonical(golden[1], unused), FlowRequest.Delete(_buffer, Flows.Udp6.InZone(7)).Message);
    }

    [Fact]
    public void Dump()
    {
        var golden = Golden.Load("dump.txt");
        Golden.Equal(golden[0], FlowRequest.Dump(_buffer, default).Message);
        Golden.Equal(golden[1], FlowRequest.Dump(_buffer, new FlowFilter { Family = InetFamily.IPv4 }).Message);
        Golden.Equal(golden[2], FlowRequest.Dump(_buffer, new FlowFilter { Family = InetFamily.IPv6 }).Message);
        Golden.Equal(golden[3], FlowRequest.Dump(_buffer, new FlowFilter { Mark = new MaskedMark(5, 0xffff) }).Message);
        Golden.Equal(golden[4], FlowRequest.Dump(_buffer, new FlowFilter { Mark = new MaskedMark(5) }).Message);
        Golden.Equal(golden[5], FlowRequest.Dump(_buffer, new FlowFilter { Family = InetFamily.IPv6, Mark = new MaskedMark(0, 0xff) }).Message);
    }

    [Fact]
    public void Dump_By_Tuple()
    {
        var golden = Golden.Load("pyroute2.txt");
        var filter = new FlowFilter { Family = InetFamily.IPv4, Original = new TupleFilter { Protocol = IpProtocol.Tcp, DestinationPort = 443 } };
        Golden.Equal(Wire.Canonical(golden[1]), FlowRequest.Dump(_buffer, filter).Message);
        filter = filter with { Original = filter.Original with { Source = Flows.Client4 } };
        Golden.Equal(Wire.Canonical(golden[2]), FlowRequest.Dump(_buffer, filter).Message);
    }

    [Fact]
    public void Statistics() => Golden.Equal(Golden.Load("statistics.txt")[0], FlowRequest.Statistics(_buffer).Message);

    [Fact]
    public void A_Batch_Holds_The_Same_Messages()
    {
        var batch = new NetlinkBatch(64);
        Assert.Equal(0, batch.GetFlow(Flows.Udp4));
        Assert.Equal(1, batch.SetFlowMark(Flows.Udp4, new MaskedMark(1, 3)));
        Assert.Equal(2, batch.CreateFlow(Flows.New(Flows.Udp6)));
        Assert.Throws<ArgumentException>(() => batch.DeleteFlow(default));
        Assert.Equal(3, batch.DeleteFlow(Flows.Udp4, 77));

        byte[] expected =
        [
            .. FlowRequest.Get(_buffer, Flows.Udp4).Message,
            .. FlowRequest.SetMark(_buffer, Flows.Udp4, new MaskedMark(1, 3)).Message,
            .. FlowRequest.Create(_buffer, Flows.New(Flows.Udp6)).Message,
            .. FlowRequest.Delete(_buffer, Flows.Udp4, 77).Message,
        ];
        Assert.Equal((4, expected.Length), (batch.Count, batch.Length));
        var transport = new ScriptedTransport();
        transport.OnSend = sent => transport.Reply(ScriptedTransport.Ack(sent.AsSpan(sent.Length - LastLength(sent)), 0));
        using var client = new ConntrackClient(new NetlinkSocket(transport));
        client.Send(batch);
        var datagram = Assert.Single(transport.Sent);
        foreach (var at in Starts(datagram))
        {
            datagram.AsSpan(at + 8, 4).Clear(); // the sequence number
            datagram[at + 6] &= 0xfb; // the acknowledgement flag
        }

        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(datagram));
    }

    private static ConntrackTuple Udp(ushort port) => new(IpProtocol.Udp, Flows.Client4, port, Flows.Server4, 443);

    private static IEnumerable<int> Starts(byte[] datagram)
    {
        for (var at = 0; at < datagram.Length; at += BitConverter.ToInt32(datagram, at))
            yield return at;
    }

    private static int LastLength(byte[] datagram) => datagram.Length - Starts(datagram).Last();
}
