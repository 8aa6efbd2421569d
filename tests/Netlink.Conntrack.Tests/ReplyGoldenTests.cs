using VffNetlink.Conntrack.Uapi;
using VffNetlink.Testing;
using VffNetlink.Uapi;

namespace VffNetlink.Conntrack.Tests;

/// <summary>Captured dumps and events, against what <c>conntrack</c> printed of the same bytes.</summary>
public class ReplyGoldenTests
{
    private static readonly byte[][] Table = [.. Golden.Load("table.txt").Where(static m => BitConverter.ToUInt16(m, 4) != (ushort)NLMSG.NLMSG_DONE)];

    [Fact]
    public void Flows_Of_A_Dump_Are_Read_As_The_Tool_Reads_Them()
    {
        var expected = ConntrackXml.Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "table.xml")));
        Assert.Equal(expected.Count, Table.Length);
        for (var i = 0; i < Table.Length; i++)
        {
            ConntrackXml.AssertEqual(expected[i], Messages.Flow(Table[i]));
            Messages.Each(Table[i], (scoped in NetlinkMessage message) => Assert.Equal(ConntrackXml.ZoneOf(expected[i]), FlowView.Read(message).Zone));
        }
    }

    [Fact]
    public void What_The_Tool_Does_Not_Print_Is_Read_Too()
    {
        var flows = Table.Select(static m => Messages.Flow(m)).ToList();

        // conntrack -I -p icmp --icmp-type 8 --icmp-code 0 --icmp-id 77, and the same for ICMPv6 with 128 and 78
        var icmp = Assert.Single(flows, static f => f.Original.Protocol == IpProtocol.Icmp);
        Assert.Equal((Flows.Icmp4, Flows.Icmp4.Inverted()), (icmp.Original, icmp.Reply));
        var icmpV6 = Assert.Single(flows, static f => f.Original.Protocol == IpProtocol.IcmpV6);
        Assert.Equal((Flows.Icmp6, Flows.Icmp6.Inverted()), (icmpV6.Original, icmpV6.Reply));

        // A TCP connection over the loopback device, which offers window scaling.
        var tcp = Assert.Single(flows, static f => f.Tcp?.State == TcpState.Established);
        Assert.True(tcp.Tcp!.Value.OriginalFlags!.Value.HasFlag(TcpFlags.WindowScale | TcpFlags.SackPermitted));
        Assert.True(tcp.Tcp.Value.ReplyFlags!.Value.HasFlag(TcpFlags.WindowScale | TcpFlags.SackPermitted));
        Assert.True(tcp.Tcp.Value is { OriginalWindowScale: > 0 and < 15, ReplyWindowScale: > 0 and < 15 });
        Assert.All(flows, static f => Assert.True(f.Timestamps is { Start: > 1_700_000_000_000_000_000, Stop: null }));

        // nft add rule ip n o ip daddr 127.0.0.9 udp dport 9999 dnat to 127.0.0.1:9998
        var translated = Assert.Single(flows, static f => f.Original.DestinationPort == 9999);
        Assert.True(translated.Status!.Value.HasFlag(FlowStatus.DestinationNat | FlowStatus.DestinationNatDone | FlowStatus.SeenReply));
        Assert.NotEqual(translated.Original.Inverted(), translated.Reply);
        Assert.Equal(9998, translated.Reply!.Value.SourcePort);
    }

    [Fact]
    public void Info_Is_A_Part_Of_The_Flow()
    {
        foreach (var bytes in Table)
        {
            var flow = Messages.Flow(bytes);
            var info = default(FlowInfo);
            Messages.Each(bytes, (scoped in NetlinkMessage message) => info = FlowView.Read(message).ToInfo());
            Assert.Equal(
                (flow.Original, flow.Reply, flow.Id, flow.Status, flow.Mark, flow.Timeout, flow.OriginalCounters, flow.ReplyCounters),
                (info.Original, info.Reply, info.Id, info.Status, info.Mark, info.Timeout, info.OriginalCounters, info.ReplyCounters));
        }
    }

    [Fact]
    public void Events_Are_Read_As_The_Tool_Reads_Them()
    {
        var events = Golden.Load("events.txt");
        var expected = ConntrackXml.Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "events.xml")));
        var transport = new ScriptedTransport();
        foreach (var bytes in events)
            transport.Reply(bytes);
        using var subscription = new ConntrackEvents(new NetlinkEventSocket(transport));
        var sink = new RecordingSink([]);
        Assert.False(subscription.Receive(ref sink));

        Assert.Equal(expected.Count, sink.Events.Count);
        for (var i = 0; i < expected.Count; i++)
        {
            Assert.Equal(expected[i].Attribute("type")!.Value, sink.Events[i].Kind.ToString().ToLowerInvariant());
            ConntrackXml.AssertEqual(expected[i], sink.Events[i].Flow!);
        }

        // The mark of a flow that never had one is not sent with its end: absent, not zero.
        Assert.Contains(sink.Events, static e => e is { Kind: FlowEventKind.Destroy, Flow.Mark: null });
        Assert.Contains(sink.Events, static e => e is { Kind: FlowEventKind.New, Flow.Mark: 0 });
        Assert.Contains(sink.Events, static e => e is { Kind: FlowEventKind.Destroy, Flow.Timestamps.Stop: not null });
    }

    [Fact]
    public void Overruns_Are_Told_Behind_What_Was_Queued_Before_Them_And_Foreign_Messages_Left_Out()
    {
        var events = Golden.Load("events.txt");
        var transport = new ScriptedTransport();
        transport.Reply(events[0]);
        transport.Fail(Errno.ENOBUFS);
        transport.Reply(events[1], sender: 4242);
        transport.Reply(ScriptedTransport.Message(((int)NFNL_SUBSYS.NFNL_SUBSYS_NFTABLES << 8) | 3, NLM_F.NONE, 0, new byte[4]));
        transport.Reply(events[2]);
        using var subscription = new ConntrackEvents(new NetlinkEventSocket(transport));
        var sink = new RecordingSink([]);
        Assert.False(subscription.Receive(ref sink));

        Assert.Equal([FlowEventKind.New, FlowEventKind.Update, FlowEventKind.None], sink.Events.Select(static e => e.Kind));
    }

    [Fact]
    public void Statistics()
    {
        var golden = Golden.Load("statistics.txt");
        var transport = new ScriptedTransport();
        transport.OnSend = sent =>
        {
            var reply = golden[1].ToArray();
            sent.AsSpan(8, 4).CopyTo(reply.AsSpan(8));
            transport.Reply(reply);
            transport.Reply(ScriptedTransport.Ack(sent, 0));
        };
        using var client = new ConntrackClient(new NetlinkSocket(transport));

        Assert.Equal(new ConntrackStatistics(9, 262_144), client.GetStatistics());
    }

    [Fact]
    public void Attributes_Without_A_Property_Stay_In_Sight()
    {
        var ids = new List<ushort>();
        Messages.Each(Table[0], (scoped in NetlinkMessage message) =>
        {
            foreach (var a in FlowView.Read(message).Attributes)
                ids.Add(a.Type);
        });

        Assert.Contains((ushort)CTA.CTA_SYNPROXY, ids);
        Assert.Contains((ushort)CTA.CTA_TUPLE_ORIG, ids);
    }

    [Fact]
    public void A_Number_That_Nobody_Knows_Is_Skipped_And_The_Last_Of_Two_Counts()
    {
        var buffer = new byte[512];
        var message = FlowRequest.SetMark(buffer, Flows.Tcp4, new MaskedMark(1));
        var length = message.Length;
        byte[] added = [8, 0, 200, 0, 1, 2, 3, 4, 8, 0, 8, 0, 0, 0, 0, 9, 4, 0, 31, 0, 4, 0, 32, 0];
        added.CopyTo(buffer, length);
        BitConverter.TryWriteBytes(buffer, length + added.Length);

        Messages.Each(buffer.AsSpan(0, length + added.Length), (scoped in NetlinkMessage m) =>
        {
            var flow = FlowView.Read(m);
            Assert.Equal(9u, flow.Mark);
            Assert.True(flow.Has((CTA)31));
            Assert.False(flow.Has((CTA)32));
            Assert.False(flow.Has(CTA.CTA_STATUS));
            Assert.Null(flow.Status);
            Assert.Null(flow.Zone);
            Assert.Null(flow.Tcp);
        });
    }

    private readonly struct RecordingSink(List<(FlowEventKind Kind, Flow? Flow)> events) : IFlowEventSink
    {
        public List<(FlowEventKind Kind, Flow? Flow)> Events { get; } = events;

        public void Flow(FlowEventKind kind, scoped in FlowView flow) => Events.Add((kind, flow.ToFlow()));

        public void Overrun() => Events.Add((FlowEventKind.None, null));
    }
}
