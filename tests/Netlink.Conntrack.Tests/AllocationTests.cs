using VffNetlink.Testing;

namespace VffNetlink.Conntrack.Tests;

/// <summary>Nothing is allocated, whatever the kernel answers: 10,000 times after warm-up.</summary>
[Trait("Category", "Native")]
public sealed class AllocationTests : IDisposable
{
    private readonly KernelTable _table = new();

    public void Dispose() => _table.Dispose();

    [Fact]
    public void Get_Of_What_Is_There()
    {
        _table.Client.Create(Flows.New(Flows.Tcp4, 7));
        Allocations.None(() => Must(_table.Client.TryGet(Flows.Tcp4, out var flow, out _) && flow.Mark == 7));
    }

    [Fact]
    public void Get_Of_What_Is_Not() =>
        Allocations.None(() => Must(!_table.Client.TryGet(Flows.Udp6, out _, out var error) && error.Number == Errno.ENOENT));

    [Fact]
    public void Mark_Of_What_Is_There()
    {
        _table.Client.Create(Flows.New(Flows.Udp6));
        var mark = 0u;
        Allocations.None(() => Must(_table.Client.TrySetMark(Flows.Udp6, new MaskedMark(mark++ & 0xffff, 0xffff), out _)));
    }

    [Fact]
    public void Mark_Of_What_Is_Not() =>
        Allocations.None(() => Must(!_table.Client.TrySetMark(Flows.Tcp4, new MaskedMark(5, 0xffff), out var error) && error.Number == Errno.ENOENT));

    [Fact]
    public void Create_And_Delete_And_Their_Refusals()
    {
        var flow = Flows.New(Flows.Tcp4, 5);
        Allocations.None(() =>
        {
            Must(_table.Client.TryCreate(flow, out _) && !_table.Client.TryCreate(flow, out var error) && error.Number == Errno.EEXIST);
            Must(_table.Client.TryCreateOrUpdate(flow, out _));
            Must(!_table.Client.TryDelete(Flows.Udp6, out error) && _table.Client.TryDelete(Flows.Tcp4, out _));
            Must(_table.Client.TryCreateOrUpdate(flow, out _) && _table.Client.TryDelete(Flows.Tcp4, out _));
        });
    }

    [Fact]
    public void Changes_And_Their_Refusals()
    {
        _table.Client.Create(Flows.New(Flows.Tcp4, 7));
        var change = new FlowChange { Mark = new MaskedMark(5, 0xff), Timeout = TimeSpan.FromSeconds(77), Tcp = new TcpTracking { State = TcpState.Established }, SynProxy = new SynProxyState(1, 2, 3) };
        Allocations.None(() =>
        {
            Must(_table.Client.TryUpdate(Flows.Tcp4, change, out _));
            Must(!_table.Client.TryUpdate(Flows.Udp6, change, out var error) && error.Number == Errno.ENOENT);
        });
    }

    [Fact]
    public void Every_Attribute_Of_Every_Flow()
    {
        foreach (var flow in EveryFlow.All(withLabels: false))
            _table.Client.Create(flow);
        Dump(); // warm
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++)
            Dump();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Dump()
        {
            var sink = default(EverythingSink);
            Must(_table.Client.TryDump(default, ref sink, out _) && sink is { Flows: > 300, Helpers: > 10, Adjusted: > 3, Masters: > 3, Associations: > 10 });
        }
    }

    [Fact]
    public void Statistics() => Allocations.None(() => Must(_table.Client.TryGetStatistics(out _, out _)));

    [Fact]
    public void Batches_Of_Hits_And_Misses()
    {
        _table.Client.Create(Flows.New(Flows.Tcp4, 7));
        var batch = new NetlinkBatch();
        Allocations.None(() =>
        {
            batch.Clear();
            batch.GetFlow(Flows.Tcp4);
            batch.SetFlowMark(Flows.Tcp4, new MaskedMark(1, 1));
            batch.GetFlow(Flows.Udp6);
            batch.SetFlowMark(Flows.Udp6, new MaskedMark(1, 1));
            batch.GetFlow(Flows.Tcp4.Inverted());
            var sink = default(Counter);
            var result = _table.Client.Send(batch, ref sink);
            Must(result is { Sent: 5, Refused: 2 } && sink is { Flows: 2, Refusals: 2 });
        });
    }

    /// <summary>A dump costs tens of milliseconds whatever is in the table, so it is repeated less often, over more flows.</summary>
    [Fact]
    public void A_Dump()
    {
        var batch = new NetlinkBatch();
        for (var i = 0; i < 2000; i++)
            batch.CreateFlow(Flows.New(i % 2 == 0 ? Flows.Numbered(i) : Flows.Numbered6(i), 5));
        Assert.True(_table.Client.Send(batch).IsSuccess);
        var filter = new FlowFilter { Family = InetFamily.IPv4, Mark = new MaskedMark(5, 0xffff), Original = new TupleFilter { Protocol = IpProtocol.Tcp, DestinationPort = 443 } };
        Dump(filter); // warm
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++)
            Dump(filter);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Dump(in FlowFilter wanted)
        {
            var sink = default(Counter);
            Must(_table.Client.TryDump(wanted, ref sink, out _) && sink.Flows == 1000);
        }
    }

    [Fact]
    public void Events()
    {
        using var events = ConntrackEvents.Open(FlowEventKind.All, new NetlinkSocketOptions { Namespace = _table.Namespace });
        _table.Client.Create(Flows.New(Flows.Tcp4));
        var mark = 0u;
        var seen = 0;
        var made = 0;
        Allocations.None(() =>
        {
            made++;
            Must(_table.Client.TrySetMark(Flows.Tcp4, new MaskedMark(mark++), out _) && events.Wait(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
            var sink = default(Counter);
            events.Receive(ref sink);
            seen += sink.Flows;
        });
        Assert.InRange(seen, made, made + (made / 10));
    }

    [Fact]
    public void Events_Of_Expectations()
    {
        using var events = ExpectationEvents.Open(ExpectationEventKind.All, new NetlinkSocketOptions { Namespace = _table.Namespace });
        var master = new ConntrackTuple(IpProtocol.Tcp, Flows.Client4, 5000, Flows.Server4, 21);
        _table.Client.Create(Flows.New(master) with { Helper = new FlowHelper("ftp") });
        var expectation = new Expectation { Master = master, Tuple = new ConntrackTuple(IpProtocol.Tcp, Flows.Server4, 0, Flows.Client4, 6000), Timeout = TimeSpan.FromSeconds(60) };
        Allocations.None(() =>
        {
            Must(_table.Client.TryCreateExpectation(expectation, out _) && _table.Client.TryDeleteExpectation(expectation.Tuple, null, out _));
            var sink = default(ExpectationSink);
            events.Receive(ref sink);
            Must(sink.Count == 2);
        });
    }

    private static void Must(bool condition)
    {
        if (!condition)
            throw new InvalidOperationException("not what was expected");
    }

    private struct ExpectationSink : IExpectationEventSink
    {
        public int Count { get; private set; }

        public void Expectation(ExpectationEventKind kind, scoped in ExpectationView expectation)
        {
            if (expectation.Tuple.DestinationPort == 6000 && expectation.Master.SourcePort == 5000 && expectation.Mask is not null && expectation.Id is not null && expectation.Nat is null)
                Count++;
        }

        public readonly void Overrun() => throw new InvalidOperationException("events were lost");
    }

    private struct EverythingSink : IFlowSink
    {
        public int Flows { get; private set; }

        public int Helpers { get; private set; }

        public int Adjusted { get; private set; }

        public int Masters { get; private set; }

        public int Associations { get; private set; }

        public void Flow(scoped in FlowView flow)
        {
            Flows++;
            Helpers += flow.HelperName.SequenceEqual("ftp"u8) || flow.HelperName.SequenceEqual("sip"u8) ? 1 : 0;
            Helpers += flow.HelperName.IsEmpty ? 0 : 1;
            Adjusted += flow.OriginalSequence is { OffsetBefore: not 0 } || flow.ReplySequence is { OffsetAfter: not 0 } ? 1 : 0;
            Masters += flow.Master is not null ? 1 : 0;
            Associations += flow.Sctp is { State: not SctpState.None } ? 1 : 0;
            if (flow.SynProxy is null || flow.Tcp is { State: null } || flow.Dccp is { State: DccpState.TimeWait } || flow.Labels is not null || !flow.SecurityContext.IsEmpty || flow.EventTime is not null)
                throw new InvalidOperationException("not what was made");
        }
    }

    private struct Counter : IBatchSink, IFlowSink, IFlowEventSink
    {
        public int Flows { get; private set; }

        public int Refusals { get; private set; }

        public void Reply(int index, scoped in NetlinkMessage message) => Flow(FlowView.Read(message));

        public void Refused(int index, in NetlinkError error) => Refusals++;

        public void Flow(scoped in FlowView flow)
        {
            // Everything that has a fixed size is read.
            if (flow.ToInfo().Id is not null && flow.UseCount is null or > 0u && flow.Tcp?.State != (TcpState)77 && flow.Timestamps is null)
                Flows++;
        }

        public void Flow(FlowEventKind kind, scoped in FlowView flow) => Flow(flow);

        public void Overrun() => throw new InvalidOperationException("events were lost");
    }
}
