using System.Net;
using System.Net.Sockets;
using VffNetlink.Conntrack.Uapi;
using VffNetlink.Testing;
using VffNetlink.Uapi;

namespace VffNetlink.Conntrack.Tests;

[Trait("Category", "Kernel")]
public sealed class ClientKernelTests : IDisposable
{
    private readonly KernelTable _table = new();

    private ConntrackClient Client => _table.Client;

    public static TheoryData<Flow> Creatable => new(
        Flows.New(Flows.Tcp4, 0x70005) with { Tcp = new TcpTracking { State = TcpState.Established, OriginalFlags = TcpFlags.BeLiberal, ReplyFlags = TcpFlags.BeLiberal } },
        Flows.New(new ConntrackTuple(IpProtocol.Tcp, Flows.Client6, 1, Flows.Server6, 65_535)) with { Tcp = new TcpTracking { State = TcpState.SynSent } },
        Flows.New(Flows.Udp4, 0),
        Flows.New(Flows.Udp6.InZone(7)),
        Flows.New(Flows.Udp4) with { Status = FlowStatus.SeenReply | FlowStatus.Assured },
        Flows.New(Flows.Udp4) with { Reply = new ConntrackTuple(IpProtocol.Udp, InetAddress.Parse("10.0.0.1"), 8443, Flows.Client4, 41000) },
        Flows.New(Flows.Udp4.InZone(9)) with { Reply = Flows.Udp4.Inverted() },
        Flows.New(Flows.Udp4) with { Reply = Flows.Udp4.Inverted().InZone(9) },
        Flows.New(Flows.Icmp4),
        Flows.New(Flows.Icmp6),
        Flows.New(new ConntrackTuple(IpProtocol.UdpLite, Flows.Client4, 5, Flows.Server4, 6)),
        Flows.New(new ConntrackTuple(IpProtocol.Sctp, Flows.Client6, 5, Flows.Server6, 6)),
        Flows.New(new ConntrackTuple(IpProtocol.Gre, Flows.Client4, 0x11, Flows.Server4, 0x22)),
        Flows.New(new ConntrackTuple(IpProtocol.Esp, Flows.Client4, 0, Flows.Server4, 0)));

    public void Dispose() => _table.Dispose();

    [Theory]
    [MemberData(nameof(Creatable))]
    public void What_Is_Made_Is_Found_By_Us_And_By_The_Tool_And_Gone_When_Deleted(Flow flow)
    {
        Client.Create(flow);

        var found = Client.Get(flow.Original);
        Assert.Equal((flow.Original, flow.Reply ?? flow.Original.Inverted()), (found.Original, found.Reply));
        Assert.Equal(flow.Mark ?? 0, found.Mark);
        Assert.Equal((flow.Status ?? 0) | FlowStatus.Confirmed, found.Status & ~(FlowStatus.SourceNatDone | FlowStatus.DestinationNatDone));
        Assert.InRange(found.Timeout!.Value, TimeSpan.FromMinutes(29), flow.Timeout!.Value);
        Assert.Equal(flow.Tcp?.State, found.Tcp?.State);
        Assert.Equal(flow.Tcp?.OriginalFlags ?? (flow.Tcp is null ? null : TcpFlags.None), found.Tcp?.OriginalFlags);
        ConntrackXml.AssertEqual(Assert.Single(_table.ByTool()).Value, found, sameMoment: false);
        if (flow.Original.IsIcmp)
            Assert.Contains($"type={flow.Original.IcmpType} code={flow.Original.IcmpCode} id={flow.Original.IcmpId}", Witness.Run(_table.Namespace, "conntrack", "-L -o extended"), StringComparison.Ordinal);

        Assert.True(Client.TryGet(flow.Original, out var info, out _));
        Assert.Equal((found.Original, found.Reply, found.Id), (info.Original, info.Reply, info.Id));
        Assert.False(Client.TryCreate(flow, out var error));
        Assert.Equal(Errno.EEXIST, error.Number);

        Client.Delete(flow.Original, found.Id);
        Assert.Empty(_table.ByTool());
        Assert.False(Client.TryGet(flow.Original, out _, out error));
        Assert.Equal(Errno.ENOENT, error.Number);
    }

    [Theory]
    [InlineData(0x5, 0xffff, 0x12340001, 0x12340005)]
    [InlineData(0x0, 0xffff, 0x12340001, 0x12340000)]
    [InlineData(0x80000000, 0x80000000, 0x12340001, 0x92340001)]
    [InlineData(0x0, 0xffffffff, 0x12340001, 0x0)]
    [InlineData(0xfffffffe, 0xffffffff, 0x12340001, 0xfffffffe)]
    [InlineData(0x0, 0x0, 0x12340001, 0x12340001)]
    public void A_Mark_Changes_Under_Its_Mask_Alone(uint value, uint mask, uint before, uint after)
    {
        foreach (var tuple in (ConntrackTuple[])[Flows.Tcp4, Flows.Udp6])
        {
            Client.Create(Flows.New(tuple, before));
            Client.SetMark(tuple, new MaskedMark(value, mask));

            var found = Client.Get(tuple);
            Assert.Equal(after, found.Mark);
            Assert.Equal(after, new MaskedMark(value, mask).ApplyTo(before));
            ConntrackXml.AssertEqual(_table.ByTool()[found.Id!.Value], found, sameMoment: false);
        }
    }

    /// <summary>Why <see cref="MaskedMark"/> refuses such bits.</summary>
    [Fact]
    public void The_Kernel_Flips_Bits_Outside_The_Mask()
    {
        Client.Create(Flows.New(Flows.Tcp4, 0x30000));
        var message = FlowRequest.SetMark(new byte[512], Flows.Tcp4, new MaskedMark(5, 0xffff));
        // CTA_MARK and CTA_MARK_MASK are the last two attributes.
        message.Message[^11] = 1;
        using var socket = NetlinkSocket.Open(NETLINK.NETLINK_NETFILTER, new NetlinkSocketOptions { Namespace = _table.Namespace });
        Assert.True(socket.TryRequest(message.Message, FlowRequest.Space, out _));

        Assert.Equal(0x20005u, Client.Get(Flows.Tcp4).Mark);
    }

    [Fact]
    public void What_Is_Not_There_Is_Refused_By_Name()
    {
        Assert.False(Client.TrySetMark(Flows.Tcp4, new MaskedMark(1), out var error));
        Assert.Equal(Errno.ENOENT, error.Number);
        Assert.False(Client.TryDelete(Flows.Tcp4, out error));
        Assert.Equal(Errno.ENOENT, error.Number);
        Assert.Equal(
            "IPCTNL_MSG_CT_NEW mark 0x5/0xffff on tcp 192.0.2.1:5000 -> 198.51.100.1:443: ENOENT",
            Assert.Throws<NetlinkException>(() => Client.SetMark(Flows.Tcp4, new MaskedMark(5, 0xffff))).Message);
    }

    [Fact]
    public void An_Id_Keeps_A_Newer_Flow_With_The_Same_Tuple_From_Being_Deleted()
    {
        Client.Create(Flows.New(Flows.Tcp4));
        var id = Client.Get(Flows.Tcp4).Id!.Value;

        Assert.False(Client.TryDelete(Flows.Tcp4, id + 1, out var error));
        Assert.Equal(Errno.ENOENT, error.Number);
        Assert.Equal(id, Client.Get(Flows.Tcp4).Id);
        Assert.True(Client.TryDelete(Flows.Tcp4, id, out _));
        Assert.Empty(_table.ByTool());
    }

    [Fact]
    public void A_Flow_Is_Found_By_Its_Other_Direction()
    {
        Client.Create(Flows.New(Flows.Tcp4));
        Assert.True(Client.TryGet(Flows.Tcp4.Inverted(), out var flow, out _));
        Assert.Equal(Flows.Tcp4, flow.Original);
    }

    [Fact]
    public void The_Same_Tuple_In_Several_Zones_Is_Several_Flows()
    {
        Client.Create(Flows.New(Flows.Udp4, 1));
        Client.Create(Flows.New(Flows.Udp4.InZone(5), 2));
        Client.Create(Flows.New(Flows.Udp4.InZone(9), 3) with { Reply = new ConntrackTuple(IpProtocol.Udp, Flows.Server4, 443, Flows.Client4, 999) });
        Assert.Equal(3, _table.ByTool().Count);

        var keys = Client.List().ToDictionary(static f => f.Original, static f => f.Mark);
        foreach (var (zone, mark) in (ReadOnlySpan<(ushort, uint)>)[(0, 1), (5, 2), (9, 3)])
        {
            Assert.Equal(mark, keys[Flows.Udp4.InZone(zone)]);
            Client.SetMark(Flows.Udp4.InZone(zone), new MaskedMark(mark + 10));
            Assert.Equal(mark + 10, Client.Get(Flows.Udp4.InZone(zone)).Mark);
        }

        Client.Delete(Flows.Udp4.InZone(5));
        Assert.False(Client.TryGet(Flows.Udp4.InZone(5), out _, out _));
        Client.Delete(Flows.Udp4.InZone(9));
        Assert.Equal(11u, Assert.Single(Client.List()).Mark);
    }

    [Fact]
    public void The_Table_Is_Counted()
    {
        var empty = Client.GetStatistics();
        Assert.Equal(0u, empty.Entries);
        for (var i = 0; i < 25; i++)
            Client.Create(Flows.New(Flows.Numbered(i)));

        Assert.True(Client.TryGetStatistics(out var statistics, out _));
        Assert.Equal(25u, statistics.Entries);
        Assert.Equal("25", Witness.Run(_table.Namespace, "conntrack", "-C").Trim());
        Assert.Equal(uint.Parse(File.ReadAllText("/proc/sys/net/netfilter/nf_conntrack_max"), System.Globalization.CultureInfo.InvariantCulture), statistics.Maximum);
    }

    [Fact]
    public void Real_Traffic_Is_Read_As_The_Tool_Reads_It()
    {
        using var table = new KernelTable(withTraffic: true);
        table.Set("nf_conntrack_acct", 1);
        table.Set("nf_conntrack_timestamp", 1);
        using var talk = table.Namespace.Run(static () => new Talk());

        var flows = table.Client.List();
        var expected = table.ByTool();
        Assert.Equal(expected.Keys.Order(), flows.Select(static f => f.Id!.Value).Order());
        Assert.Equal(4, flows.Count);
        foreach (var flow in flows)
            ConntrackXml.AssertEqual(expected[flow.Id!.Value], flow, sameMoment: false);
        Assert.All(flows, static f => Assert.True(f.OriginalCounters is { Packets: > 0, Bytes: > 20 } && f.ReplyCounters is { Packets: > 0 }));
        Assert.Equal(2, flows.Count(static f => f.Tcp?.State == TcpState.Established && f.Status!.Value.HasFlag(FlowStatus.Assured)));
        Assert.Contains(flows, f => f.Original == new ConntrackTuple(IpProtocol.Tcp, talk.Client, talk.Server));
    }

    [Fact]
    public void Nothing_Is_Tracked_Until_A_Rule_Wants_It()
    {
        using var ns = NetworkNamespace.Create();
        using var client = ConntrackClient.Open(new NetlinkSocketOptions { Namespace = ns });
        Witness.Run(ns, "ip", "link set lo up");
        using var talk = ns.Run(static () => new Talk());
        Assert.Empty(client.List());
        Assert.False(client.TryGet(new ConntrackTuple(IpProtocol.Tcp, talk.Client, talk.Server), out _, out var error));
        Assert.Equal(Errno.ENOENT, error.Number);
    }

    [Fact]
    public void Without_The_Privilege_Every_Request_Is_Refused_And_None_Is_Waited_For()
    {
        Client.Create(Flows.New(Flows.Tcp4));
        var batch = new NetlinkBatch();
        for (var i = 0; i < 10; i++)
            batch.SetFlowMark(Flows.Tcp4, new MaskedMark(1));
        Unprivileged.Run(() =>
        {
            Assert.False(Client.TryGet(Flows.Tcp4, out _, out var error));
            Assert.Equal(Errno.EPERM, error.Number);
            Assert.Equal("IPCTNL_MSG_CT_GET dump of all flows: EPERM", Assert.Throws<NetlinkException>(() => Client.List()).Message);
            var refusals = new int[10];
            var sink = new Refusals(refusals);
            Assert.Equal(10, Client.Send(batch, ref sink).Refused);
            Assert.All(refusals, static number => Assert.Equal(Errno.EPERM, number));
        });
        Assert.Equal(0u, Client.Get(Flows.Tcp4).Mark);
    }

    private readonly struct Refusals(int[] numbers) : IBatchSink
    {
        public void Reply(int index, scoped in NetlinkMessage message) => Assert.Fail("a reply without the privilege");

        public void Refused(int index, in NetlinkError error) => numbers[index] = error.Number;
    }

    /// <summary>A TCP connection and a UDP exchange in each family, over the loopback device.</summary>
    private sealed class Talk : IDisposable
    {
        private readonly List<Socket> _sockets = [];

        public Talk()
        {
            foreach (var loopback in (IPAddress[])[IPAddress.Loopback, IPAddress.IPv6Loopback])
            {
                var (client, server) = Connect(loopback);
                if (loopback == IPAddress.Loopback)
                    (Client, Server) = ((IPEndPoint)client.LocalEndPoint!, (IPEndPoint)client.RemoteEndPoint!);
                client.Send(new byte[1000]);
                server.ReceiveExactly(1000);
                server.Send(new byte[500]);
                client.ReceiveExactly(500);

                var a = Keep(new Socket(loopback.AddressFamily, SocketType.Dgram, ProtocolType.Udp));
                var b = Keep(new Socket(loopback.AddressFamily, SocketType.Dgram, ProtocolType.Udp));
                a.Bind(new IPEndPoint(loopback, 0));
                b.Bind(new IPEndPoint(loopback, 0));
                a.SendTo(new byte[10], b.LocalEndPoint!);
                b.Receive(new byte[10]);
                b.SendTo(new byte[20], a.LocalEndPoint!);
                a.Receive(new byte[20]);
            }
        }

        public IPEndPoint Client { get; private set; } = null!;

        public IPEndPoint Server { get; private set; } = null!;

        public void Dispose() => _sockets.ForEach(static s => s.Dispose());

        private (Socket Client, Socket Server) Connect(IPAddress loopback)
        {
            using var listener = new Socket(loopback.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(loopback, 0));
            listener.Listen();
            var client = Keep(new Socket(loopback.AddressFamily, SocketType.Stream, ProtocolType.Tcp));
            client.Connect(listener.LocalEndPoint!);
            return (client, Keep(listener.Accept()));
        }

        private Socket Keep(Socket socket)
        {
            _sockets.Add(socket);
            return socket;
        }
    }
}

file static class SocketExtensions
{
    public static void ReceiveExactly(this Socket socket, int length)
    {
        var buffer = new byte[length];
        for (var got = 0; got < length; got += socket.Receive(buffer, got, length - got, SocketFlags.None))
        {
        }
    }
}
