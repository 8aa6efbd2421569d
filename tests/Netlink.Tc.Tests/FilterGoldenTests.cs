using VffNetlink.Tc.Tests.Support;
using VffNetlink.Testing;

namespace VffNetlink.Tc.Tests;

public class FilterGoldenTests
{
    private static readonly GoldenFile Fw = GoldenFile.Load("fw.txt");
    private static readonly GoldenFile U32 = GoldenFile.Load("u32.txt");
    private static readonly GoldenFile Matchall = GoldenFile.Load("matchall.txt");

    private static readonly TcHandle Htb = new(1, 0);
    private static readonly TcHandle Ten = new(1, 0x10);
    private static readonly MirredAction ToD5 = new(MirredMode.EgressRedirect, 5);
    private static readonly MirredAction ToD4 = new(MirredMode.EgressRedirect, 4);

    [Fact]
    public void Fw_By_Mark_And_Mask()
    {
        var key = new FilterKey(4, Htb, 10, FilterProtocol.IPv4, 0x10);
        var filter = new FwFilter { ClassId = Ten };
        Check(Fw, "filter add dev d4 parent 1: protocol ip prio 10 handle 0x10 fw classid 1:10", c => c.AddFilter(key, filter), b => b.AddFilter(key, filter));
        var all = new FilterKey(4, Htb, 11, FilterProtocol.All, 0x10);
        var masked = filter with { Mask = 0xffff };
        Check(Fw, "filter add dev d4 parent 1: protocol all prio 11 handle 0x10/0xffff fw classid 1:10", c => c.AddFilter(all, masked), b => b.AddFilter(all, masked));
        var other = new FwFilter { ClassId = new TcHandle(1, 0x11) };
        Check(Fw, "filter replace dev d4 parent 1: protocol ip prio 10 handle 0x10 fw classid 1:11", c => c.ReplaceFilter(key, other), b => b.ReplaceFilter(key, other));
        var chained = new FilterKey(4, Htb, 10, FilterProtocol.IPv4, 5) { Chain = 4 };
        var two = new FwFilter { ClassId = new TcHandle(1, 2) };
        Check(Fw, "filter change dev d4 parent 1: chain 4 protocol ip prio 10 handle 5 fw classid 1:2", c => c.ChangeFilter(chained, two), b => b.ChangeFilter(chained, two));
        Check(Fw, "filter del dev d4 parent 1: protocol ip prio 10 handle 0x10 fw", c => c.DeleteFilter(key, FwFilter.Kind), b => b.DeleteFilter(key, FwFilter.Kind));
        Check(Fw, "filter del dev d4 parent 1: chain 4 protocol ip prio 10 handle 5 fw", c => c.DeleteFilter(chained, FwFilter.Kind), b => b.DeleteFilter(chained, FwFilter.Kind));
    }

    [Fact]
    public void Fw_With_Actions()
    {
        var key = new FilterKey(4, Htb, 12, FilterProtocol.IPv6, 5);
        var filter = new FwFilter { ClassId = Ten, Actions = ActionList.Of(new SkbeditAction { Mark = 0 }).Then(ToD5) };
        Check(
            Fw,
            "filter add dev d4 parent 1: protocol ipv6 prio 12 handle 5 fw classid 1:10 action skbedit mark 0 pipe action mirred egress redirect dev d5",
            c => c.AddFilter(key, filter),
            b => b.AddFilter(key, filter));
    }

    [Fact]
    public void U32_For_Every_Packet()
    {
        var key = new FilterKey(5, TcHandle.IngressQdisc, 10, FilterProtocol.IPv4, 0);
        var filter = new U32Filter { Keys = [U32Key.Any], Actions = ActionList.Of(ToD4) };
        Check(
            U32,
            "filter add dev d5 parent ffff: protocol ip prio 10 u32 match u32 0 0 action mirred egress redirect dev d4",
            c => c.AddFilter(key, filter),
            b => b.AddFilter(key, filter));
        var software = new U32Filter { Keys = [U32Key.Any], ClassId = new TcHandle(1, 3), Offload = FilterOffload.SkipHardware };
        var node = new FilterKey(4, Htb, 10, FilterProtocol.All, 3);
        Check(
            U32,
            "filter add dev d4 parent 1: protocol all prio 10 handle ::3 u32 match u32 0 0 classid 1:3 skip_hw",
            c => c.AddFilter(node, software),
            b => b.AddFilter(node, software));
    }

    [Fact]
    public void U32_By_Mark_And_Keys()
    {
        var key = new FilterKey(4, Htb, 10, FilterProtocol.IPv4, new U32Handle(0, 0, 1).Value);
        var filter = new U32Filter { Mark = new U32Mark(0x10, 0xffff), ClassId = Ten };
        Check(
            U32,
            "filter add dev d4 parent 1: protocol ip prio 10 handle ::1 u32 match mark 0x10 0xffff classid 1:10",
            c => c.AddFilter(key, filter),
            b => b.AddFilter(key, filter));
        var second = key with { Handle = new U32Handle(0x800, 0, 2).Value };
        var keyed = new U32Filter { Keys = [new U32Key(0x01020304, 0xffffffff, 16), new U32Key(0x00000050, 0x0000ffff, 20)], ClassId = Ten };
        Check(
            U32,
            "filter replace dev d4 parent 1: protocol ip prio 10 handle 800::2 u32 match ip dst 1.2.3.4 match u16 0x50 0xffff at 22 flowid 1:10",
            c => c.ReplaceFilter(second, keyed),
            b => b.ReplaceFilter(second, keyed));
        var first = key with { Handle = new U32Handle(0x800, 0, 1).Value };
        Check(
            U32,
            "filter del dev d4 parent 1: protocol ip prio 10 handle 800::1 u32",
            c => c.DeleteFilter(first, U32Filter.Kind),
            b => b.DeleteFilter(first, U32Filter.Kind));
        Check(
            U32,
            "filter del dev d4 parent 1: protocol ip prio 10 u32",
            c => c.DeleteFilters(first, U32Filter.Kind),
            b => b.DeleteFilters(first, U32Filter.Kind));
    }

    [Fact]
    public void Matchall_With_And_Without_Actions()
    {
        var key = new FilterKey(5, TcHandle.IngressFilters, 12, FilterProtocol.All, 1);
        var plain = new MatchallFilter { ClassId = new TcHandle(1, 3) };
        Check(Matchall, "filter add dev d5 ingress protocol all prio 12 handle 1 matchall classid 1:3", c => c.AddFilter(key, plain), b => b.AddFilter(key, plain));
        var chain = new MatchallFilter
        {
            Actions = ActionList.Of(new CtinfoAction { MarkMask = 0xffff, Control = TcControl.GotoChain(7) }),
            Offload = FilterOffload.SkipHardware,
        };
        Check(
            Matchall,
            "filter add dev d5 ingress protocol all prio 12 handle 1 matchall skip_hw action ctinfo cpmark 0xffff goto chain 7",
            c => c.AddFilter(key, chain),
            b => b.AddFilter(key, chain));
        var inChain = new FilterKey(5, TcHandle.IngressFilters, 13, FilterProtocol.IPv4, 1) { Chain = 7 };
        var redirect = new MatchallFilter { Actions = ActionList.Of(ToD4) };
        Check(
            Matchall,
            "filter add dev d5 ingress chain 7 protocol ip prio 13 handle 1 matchall action mirred egress redirect dev d4",
            c => c.AddFilter(inChain, redirect),
            b => b.AddFilter(inChain, redirect));
        Check(
            Matchall,
            "filter del dev d5 ingress protocol all prio 12 handle 1 matchall",
            c => c.DeleteFilter(key, MatchallFilter.Kind),
            b => b.DeleteFilter(key, MatchallFilter.Kind));
    }

    [Fact]
    public void Get_And_Dump()
    {
        var key = new FilterKey(4, Htb, 10, FilterProtocol.IPv4, 0x10);
        Golden.Equal(Fw.Messages["filter get dev d4 parent 1: protocol ip prio 10 handle 0x10 fw"], SentMessage.Of(c =>
        {
            Assert.False(c.TryGetFilter(key, FwFilter.Kind, out _, out var error));
            Assert.Equal("ENOENT: the kernel acknowledged and told nothing", error.ToString());
        }));
        Golden.Equal(Fw.Messages["filter show dev d4 parent 1:"], SentMessage.Of(c => Assert.Empty(c.ListFilters(4, Htb))));
        var query = new FilterQuery { Chain = 3, Priority = 5, Protocol = FilterProtocol.IPv4 };
        Golden.Equal(Fw.Messages["filter show dev d4 parent 1: chain 3 protocol ip prio 5"], SentMessage.Of(c => Assert.Empty(c.ListFilters(4, Htb, query))));
    }

    [Fact]
    public void Raw_Options_Are_Written_As_They_Were_Read()
    {
        foreach (var captured in Fw.Messages.Concat(U32.Messages).Concat(Matchall.Messages).Where(static m => m.Key.Contains(" add ", StringComparison.Ordinal)).Select(static m => m.Value))
        {
            var view = new FilterView(Messages.Only(captured));
            var (key, raw) = (view.Key, view.ToRecord().Raw);
            Golden.Equal(captured, SentMessage.Of(c => c.AddFilter(key, raw)));
        }
    }

    [Fact]
    public void Incomplete_Key_Deletes_Nothing()
    {
        var key = new FilterKey(4, Htb, 10, FilterProtocol.IPv4, 0x10);
        using var client = new TcClient(new NetlinkSocket(new ScriptedTransport()));
        foreach (var incomplete in (FilterKey[])[key with { Handle = 0 }, key with { Priority = 0 }, key with { Protocol = FilterProtocol.None }])
        {
            Assert.Throws<ArgumentException>(() => client.DeleteFilter(incomplete, FwFilter.Kind));
            Assert.Throws<ArgumentException>(() => client.TryGetFilter(incomplete, FwFilter.Kind, out _, out _));
            Assert.Throws<ArgumentException>(() => new NetlinkBatch().DeleteFilter(incomplete, FwFilter.Kind));
            if (incomplete.Handle == 0)
                continue;
            Assert.Throws<ArgumentException>(() => client.DeleteFilters(incomplete, FwFilter.Kind));
            Assert.Throws<ArgumentException>(() => new NetlinkBatch().DeleteFilters(incomplete, FwFilter.Kind));
        }
    }

    private static void Check(GoldenFile file, string command, Action<TcClient> alone, Action<NetlinkBatch> batched)
    {
        var captured = TcDifferences.Without(file.Messages[command]);
        Golden.Equal(captured, SentMessage.Of(alone));
        Golden.Equal(captured, SentMessage.OfBatch(batched));
    }
}
