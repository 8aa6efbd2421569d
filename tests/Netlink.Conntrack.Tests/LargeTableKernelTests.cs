using System.Diagnostics;

namespace VffNetlink.Conntrack.Tests;

/// <summary>Tables as large as those of a busy node, in constant memory. Alone, since it looks at the whole process's memory.</summary>
[Trait("Category", "Kernel")]
[Collection(nameof(LargeTableKernelTests))]
[CollectionDefinition(nameof(LargeTableKernelTests), DisableParallelization = true)]
public sealed class LargeTableKernelTests
{
    /// <summary>As many as the table may hold by default, less some.</summary>
    private static readonly int Count = Environment.GetEnvironmentVariable("VFFNETLINK_VM") is null ? 250_000 : 20_000;

    private static readonly int Deleted = Count * 2 / 5;

    [Fact]
    public void Many_Flows_Are_Dumped_And_Deleted_By_Filter_In_Constant_Memory()
    {
        using var table = new KernelTable();
        if (table.Client.GetStatistics().Maximum < Count)
            Assert.Skip($"needs net.netfilter.nf_conntrack_max of {Count} at least");
        Fill(table.Client);
        GC.Collect();
        var sink = default(HeapSink);

        var started = Stopwatch.GetTimestamp();
        Assert.True(table.Client.TryDump(default, ref sink, out _));
        var dumped = Stopwatch.GetElapsedTime(started);
        Assert.Equal(Count, sink.Count);

        var before = GC.GetTotalAllocatedBytes(precise: true);
        started = Stopwatch.GetTimestamp();
        var deletion = table.Client.DeleteAll(new FlowFilter { Mark = new MaskedMark(1), Family = InetFamily.IPv4 });
        var deleted = Stopwatch.GetElapsedTime(started);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

        Assert.Equal(new FlowDeletion(Deleted, Deleted, 0, 0, default), deletion);
        Assert.Equal((uint)(Count - Deleted), table.Client.GetStatistics().Entries);
        sink.Look();
        Assert.True(sink.Peak < 20 << 20, $"the heap had {sink.Peak} bytes");
        Assert.True(allocated < 4 << 20, $"{allocated} bytes were allocated while {Deleted} flows were deleted");
        TestContext.Current.SendDiagnosticMessage($"{Count} flows dumped in {dumped.TotalMilliseconds:f0} ms, {Deleted} deleted in {deleted.TotalMilliseconds:f0} ms, the heap had up to {sink.Peak >> 10} KiB");
        table.Client.Flush();
        Assert.Equal(0u, table.Client.GetStatistics().Entries);
    }

    private static void Fill(ConntrackClient client)
    {
        var batch = new NetlinkBatch(1 << 20);
        for (var i = 0; i < Count;)
        {
            batch.Clear();
            for (var end = Math.Min(Count, i + 5000); i < end; i++)
                batch.CreateFlow(Flows.New(Flows.Numbered(i, IpProtocol.Udp), i < Deleted ? 1u : 2u));
            Assert.True(client.Send(batch).IsSuccess);
        }
    }

    private struct HeapSink : IFlowSink
    {
        public int Count { get; private set; }

        public long Peak { get; private set; }

        public void Flow(scoped in FlowView flow)
        {
            if (flow.Mark is 1 or 2 && ++Count % 1000 == 0)
                Look();
        }

        public void Look() => Peak = Math.Max(Peak, GC.GetTotalMemory(forceFullCollection: false));
    }
}
