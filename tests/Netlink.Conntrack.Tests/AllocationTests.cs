using VffNetlink.Testing;

namespace VffNetlink.Conntrack.Tests;

/// <summary>Nothing is allocated, whatever the kernel answers: 10,000 times after warm-up.</summary>
[Trait("Category", "Kernel")]
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
            Must(!_table.Client.TryDelete(Flows.Udp6, out error) && _table.Client.TryDelete(Flows.Tcp4, out _));
        });
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
            Must(_table.Client.TrySetMark(Flows.Tcp4, new MaskedMark(mark++), out _) && events.Wait(TimeSpan.FromSeconds(20)));
            var sink = default(Counter);
            events.Receive(ref sink);
            seen += sink.Flows;
        });
        Assert.InRange(seen, made, made + (made / 10));
    }

    private static void Must(bool condition)
    {
        if (!condition)
            throw new InvalidOperationException("not what was expected");
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
