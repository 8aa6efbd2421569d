using VffNetlink.Testing;
using VffNetlink.Uapi;

namespace VffNetlink.Conntrack.Tests;

/// <summary>What the kernel keeps from a subscriber is what the filter would have dropped here.</summary>
[Trait("Category", "Kernel")]
public sealed class EventFilterKernelTests : IDisposable
{
    private static readonly ConntrackTuple[] Tuples =
    [
        .. Enumerable.Range(0, 6).Select(static i => Flows.Numbered(i * 97)),
        .. Enumerable.Range(0, 6).Select(static i => Flows.Numbered6(i * 97, IpProtocol.Udp)),
        .. Enumerable.Range(0, 3).Select(static i => Flows.Numbered(300 + i, IpProtocol.UdpLite, 53).InZone(3)),
        Flows.Icmp4, Flows.Icmp6, new(IpProtocol.Esp, Flows.Client4, 0, Flows.Server4, 0), new(IpProtocol.Gre, Flows.Client6, 1, Flows.Server6, 2),
    ];

    private readonly KernelTable _table = new();

    public static TheoryData<FlowEventFilter> Filters
    {
        get
        {
            var data = new TheoryData<FlowEventFilter>(
                new FlowEventFilter(),
                new FlowEventFilter { Kinds = FlowEventKind.New },
                new FlowEventFilter { Kinds = FlowEventKind.Update },
                new FlowEventFilter { Kinds = FlowEventKind.Destroy },
                new FlowEventFilter { Kinds = FlowEventKind.New | FlowEventKind.Destroy },
                new FlowEventFilter { Kinds = FlowEventKind.Update | FlowEventKind.Destroy, Protocols = [IpProtocol.Udp, IpProtocol.Tcp] },
                new FlowEventFilter { Protocols = [IpProtocol.Tcp] },
                new FlowEventFilter { Protocols = [IpProtocol.Icmp, IpProtocol.IcmpV6, IpProtocol.Esp] },
                new FlowEventFilter { Mark = new MaskedMark(5, 0xff) },
                new FlowEventFilter { Mark = new MaskedMark(0, 0xff) },
                new FlowEventFilter { Mark = new MaskedMark(0x80000005) },
                new FlowEventFilter { Sources = [AddressPrefix.Parse("10.0.0.0/23")] },
                new FlowEventFilter { Sources = [AddressPrefix.Parse("10.0.0.97"), AddressPrefix.Parse("2001:db8:1::/120"), AddressPrefix.Parse("192.0.2.1/32")] },
                new FlowEventFilter { Sources = [AddressPrefix.Parse("2001:db8:1::61/127"), AddressPrefix.Parse("::/0")] },
                new FlowEventFilter { Destinations = [AddressPrefix.Parse("198.51.100.0/24")], Sources = [AddressPrefix.Parse("0.0.0.0/0")] },
                new FlowEventFilter { Destinations = [new AddressPrefix(Flows.Server6)], Mark = new MaskedMark(5, 0xff), Protocols = [IpProtocol.Udp, IpProtocol.Gre], Kinds = FlowEventKind.Update },
                new FlowEventFilter { Sources = [.. Enumerable.Range(0, 150).Select(static i => new AddressPrefix(Flows.Numbered(i).Source))], Protocols = [.. Enum.GetValues<IpProtocol>()] });
            return data;
        }
    }

    public void Dispose() => _table.Dispose();

    [Theory]
    [MemberData(nameof(Filters))]
    public void The_Kernel_Sends_Exactly_What_The_Filter_Wants(FlowEventFilter filter)
    {
        var options = new NetlinkSocketOptions { Namespace = _table.Namespace, ReceiveBuffer = 4 << 20 };
        using var all = ConntrackEvents.Open(FlowEventKind.All, options);
        // All groups are joined, so that the program alone decides.
        using var some = new ConntrackEvents(NetlinkEventSocket.Open(
            NETLINK.NETLINK_NETFILTER,
            [(uint)NFNLGRP.NFNLGRP_CONNTRACK_NEW, (uint)NFNLGRP.NFNLGRP_CONNTRACK_UPDATE, (uint)NFNLGRP.NFNLGRP_CONNTRACK_DESTROY],
            options with { Filter = filter.ToSocketFilter() }));
        using var opened = ConntrackEvents.Open(filter, options);
        foreach (var (tuple, i) in Tuples.Select(static (t, i) => (t, i)))
        {
            _table.Client.Create(Flows.New(tuple, i % 3 == 0 ? null : (uint)i));
            _table.Client.SetMark(tuple, new MaskedMark(i % 2 == 0 ? 5 : 0x80000005));
            _table.Client.SetMark(tuple, new MaskedMark((uint)(i % 4)));
            _table.Client.Delete(tuple);
        }

        var expected = Read(all, filter);
        Assert.Equal(expected, Read(some, new FlowEventFilter()));
        Assert.Equal(expected, Read(opened, new FlowEventFilter()));
        Assert.False(some.Wait(TimeSpan.Zero, TestContext.Current.CancellationToken));
        Assert.NotEmpty(expected);
        Assert.InRange(expected.Count, 1, filter == new FlowEventFilter() ? Tuples.Length * 4 : (Tuples.Length * 4) - 1);
    }

    [Fact]
    public void A_Subscriber_Is_Not_Woken_For_What_It_Does_Not_Want()
    {
        using var events = ConntrackEvents.Open(new FlowEventFilter { Protocols = [IpProtocol.Udp] }, new NetlinkSocketOptions { Namespace = _table.Namespace, ReceiveBuffer = 4096 });
        // More than the buffer has room for; none of it comes, and nothing is lost.
        var batch = new NetlinkBatch();
        for (var i = 0; i < 1000; i++)
            batch.CreateFlow(Flows.New(Flows.Numbered(i)));
        Assert.True(_table.Client.Send(batch).IsSuccess);
        Assert.False(events.Wait(TimeSpan.Zero, TestContext.Current.CancellationToken));
        _table.Client.Create(Flows.New(Flows.Udp6));
        Assert.Equal([(FlowEventKind.New, Flows.Udp6, 0u)], Read(events, new FlowEventFilter()));
    }

    [Fact]
    public void What_Is_No_Event_Of_A_Flow_Passes()
    {
        var filter = new FlowEventFilter { Protocols = [IpProtocol.Sctp] };
        using var expectations = ExpectationEvents.Open(ExpectationEventKind.All, new NetlinkSocketOptions { Namespace = _table.Namespace, Filter = filter.ToSocketFilter() });
        var master = new ConntrackTuple(IpProtocol.Tcp, Flows.Client4, 5000, Flows.Server4, 21);
        _table.Client.Create(Flows.New(master) with { Helper = new FlowHelper("ftp") });
        _table.Client.CreateExpectation(new Expectation { Master = master, Tuple = new ConntrackTuple(IpProtocol.Tcp, Flows.Server4, 0, Flows.Client4, 6000), Timeout = TimeSpan.FromSeconds(60) });
        Assert.True(expectations.Wait(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_Program_That_Is_Too_Long_Or_Makes_No_Sense_Is_Refused()
    {
        var many = new FlowEventFilter { Sources = [.. Enumerable.Range(0, 2000).Select(static i => new AddressPrefix(Flows.Numbered6(i).Source))] };
        Assert.Contains("4096", Assert.Throws<InvalidOperationException>(() => many.ToSocketFilter()).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ConntrackEvents.Open(new FlowEventFilter { Kinds = FlowEventKind.None }));
        Assert.Throws<ArgumentException>(() => ConntrackEvents.Open(new FlowEventFilter(), new NetlinkSocketOptions { Filter = many with { Sources = [] } is var f ? f.ToSocketFilter() : null }));
        // A program without an end.
        var endless = new SocketFilter([new sock_filter { code = BPF.BPF_LD | BPF.BPF_IMM }]);
        Assert.Contains("SO_ATTACH_FILTER", Assert.Throws<NetlinkException>(() => ConntrackEvents.Open(FlowEventKind.All, new NetlinkSocketOptions { Namespace = _table.Namespace, Filter = endless })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_Setting_Of_The_Namespace_Is_Known()
    {
        foreach (var setting in Enum.GetValues<FlowEventSetting>())
        {
            _table.Set("nf_conntrack_events", (int)setting);
            using var events = ConntrackEvents.Open(FlowEventKind.All, new NetlinkSocketOptions { Namespace = _table.Namespace });
            Assert.Equal(setting, events.Setting);
            _table.Client.Create(Flows.New(Flows.Tcp4));
            _table.Client.Delete(Flows.Tcp4);
            Assert.Equal(setting == FlowEventSetting.Off ? 0 : 2, Read(events, new FlowEventFilter()).Count);
        }
    }

    [Fact]
    public async Task A_Stream_Brings_What_The_Filter_Wants()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var options = new Events.NetlinkEventStreamOptions { Socket = new NetlinkSocketOptions { Namespace = _table.Namespace, ReceiveBuffer = 1 << 20 } };
        await using var stream = ConntrackEvents.OpenStream(new FlowEventFilter { Kinds = FlowEventKind.Destroy, Mark = new MaskedMark(7, 0xff) }, options);
        for (var i = 0; i < 20; i++)
        {
            _table.Client.Create(Flows.New(Flows.Numbered(i), (uint)i));
            _table.Client.Delete(Flows.Numbered(i));
        }

        await foreach (var item in stream.ReadAllAsync(FlowEvent.Read, deadline.Token))
        {
            Assert.Equal((FlowEventKind.Destroy, Flows.Numbered(7), 7u), (item.Value.Kind, item.Value.Flow.Original, item.Value.Flow.Mark));
            break;
        }
    }

    private static List<(FlowEventKind Kind, ConntrackTuple Tuple, uint Mark)> Read(ConntrackEvents events, FlowEventFilter filter)
    {
        var sink = new Recorder(filter, []);
        while (events.Receive(ref sink))
        {
            // Until there is nothing left.
        }

        return sink.Events;
    }

    private readonly struct Recorder(FlowEventFilter filter, List<(FlowEventKind Kind, ConntrackTuple Tuple, uint Mark)> events) : IFlowEventSink
    {
        public List<(FlowEventKind Kind, ConntrackTuple Tuple, uint Mark)> Events { get; } = events;

        public void Flow(FlowEventKind kind, scoped in FlowView flow)
        {
            if (filter.Matches(kind, flow))
                Events.Add((kind, flow.Original, flow.Mark ?? 0));
        }

        public void Overrun() => Assert.Fail("events were lost");
    }
}
