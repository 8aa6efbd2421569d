using System.Diagnostics;
using System.Globalization;

namespace VffNetlink.Conntrack.Tests;

/// <summary>
/// Tables as large as those of a busy node, in constant memory. Alone, since it looks at the whole process's memory. <c>VFFNETLINK_FLOWS=1000000</c> makes a
/// million, where the table may be made to hold them: in a machine of the tests' own (tests/vm).
/// </summary>
[Trait("Category", "Kernel")]
[Collection(nameof(LargeTableKernelTests))]
[CollectionDefinition(nameof(LargeTableKernelTests), DisableParallelization = true)]
public sealed class LargeTableKernelTests
{
    private const long Limit = 20_000_000;

    private static readonly bool IsEmulated = Environment.GetEnvironmentVariable("VFFNETLINK_VM") is not null;

    /// <summary>As many as the table may hold by default, less some.</summary>
    private static readonly int Count = Environment.GetEnvironmentVariable("VFFNETLINK_FLOWS") is { } wanted
        ? int.Parse(wanted, CultureInfo.InvariantCulture)
        : IsEmulated ? 20_000 : 250_000;

    private static readonly int Deleted = Math.Min(100_000, Count * 2 / 5);

    [Fact]
    public void Many_Flows_Are_Dumped_And_Deleted_By_Filter_In_Constant_Memory()
    {
        using var table = new KernelTable();
        MakeRoom(table.Client);
        Fill(table.Client);
        GC.Collect();
        using var heap = new HeapWatch();
        var sink = default(CountingSink);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var started = Stopwatch.GetTimestamp();
        Assert.True(table.Client.TryDump(default, ref sink, out _));
        var dumped = Stopwatch.GetElapsedTime(started);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal((Count, Deleted), (sink.Count, sink.First));
        Assert.True(allocated < 10_000, $"{allocated} bytes were allocated while {Count} flows were dumped");

        before = GC.GetAllocatedBytesForCurrentThread();
        started = Stopwatch.GetTimestamp();
        var deletion = table.Client.DeleteAll(new FlowFilter { Mark = new MaskedMark(1), Family = InetFamily.IPv4 });
        var deleted = Stopwatch.GetElapsedTime(started);
        allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(new FlowDeletion(Deleted, Deleted, 0, 0, default), deletion);
        Assert.Equal((uint)(Count - Deleted), table.Client.GetStatistics().Entries);
        Assert.True(allocated < 4 << 20, $"{allocated} bytes were allocated while {Deleted} flows were deleted");

        var peak = heap.Stop();
        var collected = GC.GetGCMemoryInfo(GCKind.Any);
        Assert.True(peak < Limit, $"the heap had {peak} bytes");
        Assert.True(collected.HeapSizeBytes < Limit, $"the heap had {collected.HeapSizeBytes} bytes at the last collection");
        TestContext.Current.TestOutputHelper!.WriteLine($"{Count} flows dumped in {dumped.TotalMilliseconds:f0} ms, {Deleted} deleted by filter in {deleted.TotalMilliseconds:f0} ms; "
            + $"objects on the managed heap, alive or not, took up to {peak >> 10} KiB in {heap.Samples} samples");
        table.Client.Flush();
        Assert.Equal(0u, table.Client.GetStatistics().Entries);
    }

    /// <summary>The limit is the whole host's, so it is raised in a machine of our own only.</summary>
    private static void MakeRoom(ConntrackClient client)
    {
        if (IsEmulated && client.GetStatistics().Maximum < Count)
        {
            File.WriteAllText("/proc/sys/net/netfilter/nf_conntrack_max", $"{Count + 1000}");
            File.WriteAllText("/proc/sys/net/netfilter/nf_conntrack_buckets", $"{Count / 4}");
        }

        if (client.GetStatistics().Maximum < Count)
            Assert.Skip($"needs net.netfilter.nf_conntrack_max of {Count} at least");
    }

    private static void Fill(ConntrackClient client)
    {
        var batch = new NetlinkBatch(1 << 20);
        for (var i = 0; i < Count;)
        {
            batch.Clear();
            for (var end = Math.Min(Count, i + 5000); i < end; i++)
                batch.CreateFlow(Flows.New(Flows.Numbered(i, IpProtocol.Udp), i < Deleted ? 1u : 2u) with { Timeout = TimeSpan.FromDays(1) });
            Assert.True(client.Send(batch).IsSuccess);
        }
    }

    private struct CountingSink : IFlowSink
    {
        public int Count { get; private set; }

        public int First { get; private set; }

        public void Flow(scoped in FlowView flow)
        {
            Count++;
            if (flow.Mark == 1)
                First++;
        }
    }

    /// <summary>Looks at the managed heap again and again while others work: what its objects take, those included that are not collected yet.</summary>
    private sealed class HeapWatch : IDisposable
    {
        private readonly ManualResetEventSlim _stop = new();
        private readonly Thread _thread;
        private long _peak;

        public HeapWatch()
        {
            _thread = new Thread(Run) { IsBackground = true, Priority = ThreadPriority.AboveNormal };
            _thread.Start();
        }

        public int Samples { get; private set; }

        public long Stop()
        {
            _stop.Set();
            _thread.Join();
            return _peak;
        }

        public void Dispose()
        {
            Stop();
            _stop.Dispose();
        }

        private void Run()
        {
            do
            {
                _peak = Math.Max(_peak, GC.GetTotalMemory(forceFullCollection: false));
                Samples++;
            }
            while (!_stop.Wait(1));
        }
    }
}
