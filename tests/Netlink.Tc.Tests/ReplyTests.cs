using VffNetlink.Tc.Tests.Support;

namespace VffNetlink.Tc.Tests;

/// <summary>
/// What kernels answered to tc, read as what tc had made before. The machine that runs this may lack half of it; the files
/// were recorded where it is there (<c>Golden/record-replies.sh</c>).
/// </summary>
public class ReplyTests
{
    private static readonly TcHandle Htb = new(1, 0);
    private static readonly TcHandle Ten = new(1, 0x10);

    [Theory]
    [InlineData("replies-6.18.txt")]
    [InlineData("replies-6.12.txt")]
    public void Qdiscs(string file)
    {
        var qdiscs = Read(file, "qdisc show", static m => new QdiscView(m).ToRecord());
        var htb = qdiscs.Single(static q => q.Kind == "htb");
        Assert.Equal(QdiscKey.Root(4, Htb), htb.Key);
        Assert.True(htb.TryRead<HtbQdisc>(out var options));
        Assert.Equal(new HtbQdisc { DefaultClass = 0x20, RateToQuantum = 50, DirectQueueLength = 32 }, options);
        Assert.Equal(0u, HtbQdisc.ReadDirectPackets(htb.Raw.Payload));
        Assert.Equal(default(TcStatistics), htb.Statistics);
        var bfifo = qdiscs.Single(static q => q.Kind == "bfifo");
        Assert.Equal(new QdiscKey(4, Ten, new TcHandle(0x10, 0)), bfifo.Key);
        Assert.True(bfifo.TryRead<BfifoQdisc>(out var fifo));
        Assert.Equal(131_072ul, fifo.Limit!.Value.Bytes);
        var clsact = qdiscs.Single(static q => q.Kind == "clsact");
        Assert.Equal(QdiscKey.Ingress(5), clsact.Key);
        Assert.True(clsact.TryRead<ClsactQdisc>(out _));
        Assert.False(clsact.TryRead<IngressQdisc>(out _));
    }

    [Theory]
    [InlineData("replies-6.18.txt")]
    [InlineData("replies-6.12.txt")]
    public void Classes(string file)
    {
        var classes = Read(file, "class show dev d4", static m => new ClassView(m).ToRecord());
        Assert.Equal(2, classes.Count);
        var top = classes.Single(static c => c.Parent == TcHandle.Root);
        Assert.Equal(new ClassKey(4, new TcHandle(1, 1)), top.Key);
        Assert.True(top.TryRead<HtbClass>(out var options));
        Assert.Equal((Rate.Parse("100mbit"), Rate.Parse("40gbit")), (options.Rate, options.Ceil));
        Assert.Equal((163_828u, 812u), (options.Burst, options.CeilBurst)); // tc 6.1: 10485 and 52 microseconds
        var leaf = classes.Single(static c => c.Parent != TcHandle.Root);
        Assert.Equal((new ClassKey(4, Ten), new TcHandle(1, 1), new TcHandle(0x10, 0)), (leaf.Key, leaf.Parent, leaf.Leaf));
        Assert.True(leaf.TryRead(out options));
        var expected = new HtbClass(Psched.Parse("000003e8 00000040 000f4240 3b9aca00"), Rate.Parse("8mbit"), Rate.Parse("10mbit"), ByteSize.Parse("20k"), ByteSize.Parse("30k"))
        {
            Priority = 3,
            Quantum = 3000,
            Overhead = 24,
            MinimumPacket = 64,
        };
        Assert.Equal(expected, options);
        Assert.Equal(default(TcStatistics), leaf.Statistics);
        Assert.True(HtbClassCounters.TryRead(leaf.OwnStatistics.Span, out var counters));
        Assert.Equal(new HtbClassCounters { Tokens = 320_000, CeilTokens = 384_000 }, counters);
    }

    [Theory]
    [InlineData("replies-6.18.txt", false)]
    [InlineData("replies-6.12.txt", true)]
    public void U32_Filters(string file, bool hasMark)
    {
        var filters = Read(file, "filter show dev d4 parent 1:", static m => new FilterView(m).ToRecord());
        var first = new FilterKey(4, Htb, 10, FilterProtocol.IPv4, 0x80000001);
        var table = new U32Handle(0x800, 0, 0);
        Assert.True(filters.Single(f => f.Key == first).TryRead<U32Filter>(out var keyed));
        var mirror = ActionList.Of(new MirredAction(MirredMode.EgressMirror, 5));
        Assert.Equal(new U32Filter { Keys = [new U32Key(0x01020304, uint.MaxValue, 16)], ClassId = Ten, Actions = mirror, Table = table }, keyed);
        Assert.True(filters.Single(f => f.Key == first with { Handle = 0x80000002 }).TryRead<U32Filter>(out var marked));
        Assert.Equal(new U32Filter { Mark = hasMark ? new U32Mark(0x10, 0xffff) : null, ClassId = Ten, Table = table }, marked);
    }

    [Fact]
    public void Fw_Filter()
    {
        var filters = Read("replies-6.12.txt", "filter show dev d4 parent 1:", static m => new FilterView(m).ToRecord());
        var fw = filters.Single(static f => f.Kind == "fw" && !f.IsHead);
        Assert.Equal(new FilterKey(4, Htb, 11, FilterProtocol.All, 0x10), fw.Key);
        Assert.True(fw.TryRead<FwFilter>(out var options));
        Assert.Equal(new FwFilter { Mask = 0xffff, ClassId = Ten }, options);
    }

    [Fact]
    public void Matchall_Filters_With_Actions()
    {
        var ingress = Read("replies-6.12.txt", "filter show dev d5 ingress", static m => new FilterView(m).ToRecord()).Where(static f => !f.IsHead).ToArray();
        Assert.Equal(2, ingress.Length);
        Assert.Equal(new FilterKey(5, TcHandle.IngressFilters, 12, FilterProtocol.All, 1), ingress[0].Key);
        Assert.True(ingress[0].TryRead<MatchallFilter>(out var copy));
        Assert.Equal(new MatchallFilter { Actions = ActionList.Of(new CtinfoAction { MarkMask = 0xffff, Control = TcControl.GotoChain(7) }) }, copy);
        Assert.Equal(new FilterKey(5, TcHandle.IngressFilters, 13, FilterProtocol.IPv6, 1) { Chain = 7 }, ingress[1].Key);
        Assert.True(ingress[1].TryRead<MatchallFilter>(out var redirect));
        var actions = ActionList.Of(new SkbeditAction { Mark = 5, MarkMask = 0xff, Priority = Ten }).Then(new MirredAction(MirredMode.EgressRedirect, 4));
        Assert.Equal(new MatchallFilter { Actions = actions }, redirect);
        Assert.NotEqual(new MatchallFilter { Actions = ActionList.Of(new MirredAction(MirredMode.EgressRedirect, 4)) }, redirect);

        var egress = Read("replies-6.12.txt", "filter show dev d5 egress", static m => new FilterView(m).ToRecord()).Single(static f => !f.IsHead);
        Assert.Equal(TcHandle.EgressFilters, egress.Key.Parent);
        Assert.True(egress.TryRead<MatchallFilter>(out var drop));
        Assert.Equal(new MatchallFilter { ClassId = Ten, Actions = ActionList.Of(new GactAction(TcControl.Shot)) }, drop);
    }

    [Fact]
    public void Actions_That_Are_Told_Count_Packets_And_Are_Written_Back_Without_Them()
    {
        var message = Assert.Single(Read("replies-6.12.txt", "filter show dev d5 egress", static m => m.Type == 0 || new FilterView(m).IsHead ? [] : new FilterView(m).Options.ToArray()), static o => o.Length > 0);
        Assert.True(new AttributeReader<Uapi.TCA_MATCHALL>(message).TryFind(Uapi.TCA_MATCHALL.TCA_MATCHALL_ACT, out var list));
        var count = 0;
        foreach (var action in new ActionReader(list.Payload))
        {
            count++;
            Assert.True(action.TryReadStatistics(out var statistics));
            Assert.Equal(default, statistics);
        }

        Assert.Equal(1, count);
        Assert.True(MatchallFilter.TryRead(message, out var filter));
        Assert.True(filter.Actions.Bytes.Length < list.Payload.Length);
        foreach (var action in filter.Actions)
            Assert.False(action.TryReadStatistics(out _));
    }

    private static List<T> Read<T>(string file, string command, Func<NetlinkMessage, T> read)
    {
        var list = new List<T>();
        foreach (var (name, datagram) in GoldenFile.Load(file).Messages)
        {
            if (name != command && !name.StartsWith(command + " #", StringComparison.Ordinal))
                continue;
            foreach (var message in new MessageReader(datagram))
                list.Add(read(message));
        }

        return list;
    }
}
