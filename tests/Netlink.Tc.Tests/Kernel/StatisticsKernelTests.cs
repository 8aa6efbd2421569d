using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using VffNetlink.Tc.Tests.Support;

namespace VffNetlink.Tc.Tests.Kernel;

/// <summary>What the kernel counted, against what tc prints of it.</summary>
[Trait("Category", "Kernel")]
public sealed partial class StatisticsKernelTests : IDisposable
{
    private static readonly QdiscKey Root = QdiscKey.Root(TcNamespace.D4, new TcHandle(1, 0));
    private static readonly ClassKey Ten = new(TcNamespace.D4, new TcHandle(1, 0x10));
    private static readonly QdiscKey Leaf = new(TcNamespace.D4, Ten.ClassId, new TcHandle(0x10, 0));

    private readonly TcNamespace _ns = new();

    private TcClient Client => _ns.Client;

    [Fact]
    public void Sent_Packets_And_Bytes_Are_Counted()
    {
        MakeHtb("800mbit", "1m");
        _ns.Send(7, 1000);
        var statistics = TcNamespace.Eventually(() => Client.GetClass(Ten).Statistics!.Value, static s => s.Packets == 7);
        Assert.Equal((7ul, 7ul * (1000 + TcNamespace.Headers)), (statistics.Packets, statistics.Bytes));
        Assert.Equal((0u, 0u, 0u), (statistics.Drops, statistics.QueueLength, statistics.Backlog));
        CompareClass();
        CompareQdiscs();
        var found = Client.GetClass(Ten);
        Assert.True(HtbClassCounters.TryRead(found.OwnStatistics.Span, out var counters));
        Assert.Equal((7u, 0u), (counters.Lent, counters.Borrowed));
    }

    [Fact]
    public void Queued_And_Dropped_Packets_Are_Counted()
    {
        // One packet of 1042 bytes goes at once, four wait a quarter of an hour, the rest finds the queue full.
        MakeHtb("8bit", "4k");
        _ns.Send(10, 1000);
        var statistics = TcNamespace.Eventually(() => Client.GetClass(Ten).Statistics!.Value, static s => s.Drops > 0 && s.Packets > 0);
        Assert.Equal((1ul, 3u, 6u), (statistics.Packets, statistics.QueueLength, statistics.Drops));
        Assert.Equal(3u * (1000 + TcNamespace.Headers), statistics.Backlog);
        CompareClass();
        CompareQdiscs();
    }

    [Fact]
    public void Packets_Past_All_Classes_Are_Counted_By_The_Qdisc()
    {
        Client.AddQdisc(Root, default(HtbQdisc));
        _ns.Send(3, 100);
        var direct = TcNamespace.Eventually(() => HtbQdisc.ReadDirectPackets(Client.GetQdisc(Root).Raw.Payload), static d => d >= 3);
        Assert.Equal(3u, direct);
        Assert.Equal(3, _ns.TcJson("-s qdisc show dev d4")[0].GetProperty("options").GetProperty("direct_packets_stat").GetInt32());
        CompareQdiscs();
    }

    public void Dispose() => _ns.Dispose();

    private void MakeHtb(string rate, string limit)
    {
        var batch = new NetlinkBatch();
        batch.AddQdisc(Root, new HtbQdisc { DefaultClass = 0x10 });
        batch.AddClass(Ten, Root.Handle, new HtbClass(Psched.Read(), Rate.Parse(rate), burst: new ByteSize(200), ceilBurst: new ByteSize(200)) { Quantum = 3000 });
        batch.AddQdisc(Leaf, new BfifoQdisc { Limit = ByteSize.Parse(limit) });
        Assert.True(Client.Send(batch).IsSuccess);
    }

    private void CompareClass()
    {
        var s = Client.GetClass(Ten).Statistics!.Value;
        var shown = Assert.Single(ShownByTc().Matches(_ns.Tc("-s class show dev d4")));
        Assert.Equal(
            [s.Bytes, s.Packets, s.Drops, s.Overlimits, s.Requeues, s.QueueLength],
            ((string[])["bytes", "packets", "drops", "overlimits", "requeues", "qlen"]).Select(name => ulong.Parse(shown.Groups[name].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture)));
        Assert.Equal(new ByteSize(s.Backlog).ToString(), shown.Groups["backlog"].Value);
    }

    private void CompareQdiscs()
    {
        var ours = Client.ListQdiscs(TcNamespace.D4);
        var theirs = _ns.TcJson("-s qdisc show dev d4");
        Assert.Equal(theirs.Length, ours.Count);
        foreach (var qdisc in ours)
        {
            var shown = theirs.Single(q => q.GetProperty("handle").GetString() == qdisc.Key.Handle.ToString());
            var s = qdisc.Statistics!.Value;
            Assert.Equal(
                [s.Bytes, s.Packets, s.Drops, s.Overlimits, s.Requeues, s.Backlog, s.QueueLength],
                ((string[])["bytes", "packets", "drops", "overlimits", "requeues", "backlog", "qlen"]).Select(name => Number(shown, name)));
            Assert.Equal(qdisc.References, shown.TryGetProperty("refcnt", out var references) ? references.GetUInt32() : 1);
        }
    }

    private static ulong Number(JsonElement element, string name) => element.GetProperty(name).GetUInt64();

    [GeneratedRegex(@"class htb 1:10 [^\n]*\n Sent (?<bytes>\d+) bytes (?<packets>\d+) pkt \(dropped (?<drops>\d+), overlimits (?<overlimits>\d+) requeues (?<requeues>\d+)\) \n backlog (?<backlog>\w+) (?<qlen>\d+)p")]
    private static partial Regex ShownByTc();
}
