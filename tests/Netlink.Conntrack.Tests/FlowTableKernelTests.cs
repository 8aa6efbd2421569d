using System.Diagnostics;
using VffNetlink.Events;

namespace VffNetlink.Conntrack.Tests;

/// <summary>A watched table of flows, also through floods that no buffer holds.</summary>
[Trait("Category", "Kernel")]
public sealed class FlowTableKernelTests : IDisposable
{
    // An emulated machine (tests/vm) takes its time.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(Environment.GetEnvironmentVariable("VFFNETLINK_VM") is null ? 1 : 30);

    private readonly KernelTable _table = new();
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(60));

    public void Dispose()
    {
        _table.Dispose();
        _deadline.Dispose();
    }

    [Fact]
    public async Task Flows_Are_Told_As_They_Come_Change_And_Go()
    {
        _table.Client.Create(Flows.New(Flows.Udp4, 3));
        await using var watch = new TableWatch<FlowKey, FlowInfo>(new FlowTable(), Options(1 << 20));
        await using var changes = watch.ReadAllAsync(_deadline.Token).GetAsyncEnumerator(_deadline.Token);
        Assert.Equal((TableChangeKind.Added, Flows.Udp4, 3u), await Next(changes));
        Assert.True(await changes.MoveNextAsync());
        Assert.Equal(TableChangeKind.Synchronized, changes.Current.Kind);
        _table.Client.Create(Flows.New(Flows.Tcp4, 1));
        Assert.Equal((TableChangeKind.Added, Flows.Tcp4, 1u), await Next(changes));
        _table.Client.SetMark(Flows.Tcp4, new MaskedMark(2));
        Assert.Equal((TableChangeKind.Changed, Flows.Tcp4, 2u), await Next(changes));
        Assert.Equal(1u, changes.Current.Previous.Mark);
        _table.Client.SetMark(Flows.Tcp4, new MaskedMark(2)); // nothing new
        _table.Client.Delete(Flows.Tcp4);
        Assert.Equal((TableChangeKind.Removed, Flows.Tcp4, 2u), await Next(changes));
        Assert.Equal((1, 0L), (watch.Entries.Count, watch.Overruns));
    }

    [Fact]
    public async Task A_Flow_Leaves_A_Filtered_Table_When_It_No_Longer_Matches()
    {
        var wanted = new FlowFilter { Mark = new MaskedMark(5, 0xff), Original = new TupleFilter { Protocol = IpProtocol.Tcp } };
        _table.Client.Create(Flows.New(Flows.Udp4, 5));
        _table.Client.Create(Flows.New(Flows.Tcp4, 0x105));
        await using var watch = new TableWatch<FlowKey, FlowInfo>(new FlowTable(wanted), Options(1 << 20));
        await using var changes = watch.ReadAllAsync(_deadline.Token).GetAsyncEnumerator(_deadline.Token);
        Assert.Equal((TableChangeKind.Added, Flows.Tcp4, 0x105u), await Next(changes));
        Assert.True(await changes.MoveNextAsync());
        // Nobody had subscribed when it was made, so that it tells nothing.
        var other = Flows.Numbered(1);
        _table.Client.Create(Flows.New(other, 5));
        Assert.Equal((TableChangeKind.Added, other, 5u), await Next(changes));
        _table.Client.SetMark(other, new MaskedMark(6));
        Assert.Equal((TableChangeKind.Removed, other, 5u), await Next(changes));
        _table.Client.SetMark(other, new MaskedMark(0x205));
        Assert.Equal((TableChangeKind.Added, other, 0x205u), await Next(changes));
    }

    [Fact]
    public void A_Filter_By_Labels_Is_Refused_Since_Events_Of_Other_Changes_Do_Not_Tell_Them() =>
        Assert.Contains("labels", Assert.Throws<ArgumentException>(() => new FlowTable(new FlowFilter { Labels = new MaskedLabels(ConntrackLabels.Of(5)) })).Message, StringComparison.Ordinal);

    /// <summary>256 KiB hold some hundreds of events; a producer that is not waited for makes tens of thousands.</summary>
    [Fact]
    public async Task Within_A_Second_After_A_Flood_The_Table_Is_The_Kernels()
    {
        // Other work on the machine may take a second from one flood, and hardly from each of three.
        var behind = await Flood();
        for (var i = 1; behind > Limit && i < 3; i++)
            behind = await Flood();
        Assert.InRange(behind, TimeSpan.Zero, Limit);
    }

    /// <summary>How long after a flood the watched table is the kernel's.</summary>
    private async Task<TimeSpan> Flood()
    {
        const int Count = 20_000;
        _table.Client.DeleteAll(default);
        await using var watch = new TableWatch<FlowKey, FlowInfo>(new FlowTable(), Options(256 << 10));
        var synchronized = new TaskCompletionSource();
        var stopped = new TaskCompletionSource<long>();
        var consumer = Task.Run(
            async () =>
            {
                var overrun = false;
                var expected = (HashSet<(FlowKey, uint)>?)null;
                await foreach (var change in watch.ReadAllAsync(_deadline.Token))
                {
                    overrun |= change.Kind == TableChangeKind.Overrun;
                    if (change.Kind == TableChangeKind.Synchronized)
                        synchronized.TrySetResult();
                    if (!stopped.Task.IsCompleted || !overrun || change.Kind is TableChangeKind.Overrun)
                        continue;
                    expected ??= Kernel();
                    if (Same(watch, expected))
                        return Stopwatch.GetElapsedTime(await stopped.Task);
                }

                throw new InvalidOperationException("the watch ended");
            },
            _deadline.Token);
        await synchronized.Task.WaitAsync(_deadline.Token);

        var batch = new NetlinkBatch(1 << 20);
        for (var i = 0; i < Count; i++)
        {
            batch.CreateFlow(Flows.New(Flows.Numbered(i), 1));
            batch.SetFlowMark(Flows.Numbered(i), new MaskedMark((uint)i));
            if (i % 3 == 0)
                batch.DeleteFlow(Flows.Numbered(i));
        }

        Assert.True(_table.Client.Send(batch).IsSuccess);
        stopped.SetResult(Stopwatch.GetTimestamp());

        var behind = await consumer;
        Assert.True(watch.Overruns > 0, "nothing was lost, so nothing is shown");
        Assert.Equal(Count - ((Count + 2) / 3), watch.Entries.Count);
        return behind;
    }

    private NetlinkEventStreamOptions Options(int buffer) => new() { Socket = new NetlinkSocketOptions { Namespace = _table.Namespace, ReceiveBuffer = buffer, SendBuffer = null } };

    private HashSet<(FlowKey, uint)> Kernel() => [.. _table.Client.List().Select(static f => (new FlowKey(f.Original, f.Id!.Value), f.Mark!.Value))];

    private static bool Same(TableWatch<FlowKey, FlowInfo> watch, HashSet<(FlowKey, uint)> expected) =>
        watch.Entries.Count == expected.Count && watch.Entries.All(pair => expected.Contains((pair.Key, pair.Value.Mark!.Value)));

    private static async Task<(TableChangeKind Kind, ConntrackTuple Original, uint? Mark)> Next(IAsyncEnumerator<TableChange<FlowInfo>> changes)
    {
        Assert.True(await changes.MoveNextAsync());
        return (changes.Current.Kind, changes.Current.Value.Original, changes.Current.Value.Mark);
    }
}
