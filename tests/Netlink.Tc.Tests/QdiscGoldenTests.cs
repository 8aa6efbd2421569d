using VffNetlink.Tc.Tests.Support;
using VffNetlink.Testing;

namespace VffNetlink.Tc.Tests;

public class QdiscGoldenTests
{
    private static readonly GoldenFile File = GoldenFile.Load("qdiscs.txt");

    private static readonly QdiscKey Root = QdiscKey.Root(4, new TcHandle(1, 0));
    private static readonly QdiscKey Leaf = new(4, new TcHandle(1, 0x10), new TcHandle(0x10, 0));

    [Fact]
    public void Htb()
    {
        Check("qdisc add dev d4 root handle 1: htb default 20", c => c.AddQdisc(Root, new HtbQdisc { DefaultClass = 0x20 }), b => b.AddQdisc(Root, new HtbQdisc { DefaultClass = 0x20 }));
        var htb = new HtbQdisc { DefaultClass = 0xfffe, RateToQuantum = 50, DirectQueueLength = 100 };
        Check("qdisc add dev d4 root handle 1: htb default 0xfffe r2q 50 direct_qlen 100", c => c.AddQdisc(Root, htb), b => b.AddQdisc(Root, htb));
        var key = QdiscKey.Root(4, new TcHandle(2, 0));
        Check("qdisc replace dev d4 root handle 2: htb default 0 offload", c => c.ReplaceQdisc(key, new HtbQdisc { Offload = true }), b => b.ReplaceQdisc(key, new HtbQdisc { Offload = true }));
        Check("qdisc del dev d4 root handle 1: htb", c => c.DeleteQdisc(Root, HtbQdisc.Kind), b => b.DeleteQdisc(Root, HtbQdisc.Kind));
    }

    [Fact]
    public void Bfifo()
    {
        var bfifo = new BfifoQdisc { Limit = new ByteSize(131_072) };
        Check("qdisc add dev d4 parent 1:10 handle 10: bfifo limit 131072", c => c.AddQdisc(Leaf, bfifo), b => b.AddQdisc(Leaf, bfifo));
        var half = new BfifoQdisc { Limit = new ByteSize(65_536) };
        Check("qdisc change dev d4 parent 1:10 handle 10: bfifo limit 65536", c => c.ChangeQdisc(Leaf, half), b => b.ChangeQdisc(Leaf, half));
        var key = Leaf with { Handle = new TcHandle(0x11, 0) };
        Check("qdisc replace dev d4 parent 1:10 handle 11: bfifo", c => c.ReplaceQdisc(key, default(BfifoQdisc)), b => b.ReplaceQdisc(key, default(BfifoQdisc)));
    }

    [Fact]
    public void Tbf()
    {
        var clock = new Psched(1_000, 64, 1_000_000, 1_000_000_000);
        var tbf = new TbfQdisc(clock, Rate.Parse("8mbit"), new ByteSize(9216), new ByteSize(131_072));
        Check("qdisc add dev d4 root handle 1: tbf rate 8mbit burst 9216 limit 131072", c => c.AddQdisc(Root, tbf), b => b.AddQdisc(Root, tbf));
        var fast = new TbfQdisc(clock, Rate.Parse("100gbit"), ByteSize.Parse("1m"), ByteSize.Parse("2m")) { Overhead = 24, MinimumPacket = 64 };
        Check("qdisc replace dev d4 parent 1:10 handle 10: tbf rate 100gbit burst 1m limit 2m overhead 24 mpu 64", c => c.ReplaceQdisc(Leaf, fast), b => b.ReplaceQdisc(Leaf, fast));
        var peak = new TbfQdisc(clock, Rate.Parse("8mbit"), ByteSize.Parse("15k"), ByteSize.Parse("30k")).WithPeak(clock, Rate.Parse("12mbit"), new ByteSize(1500));
        Check("qdisc change dev d4 root handle 1: tbf rate 8mbit burst 15k limit 30k peakrate 12mbit mtu 1500", c => c.ChangeQdisc(Root, peak), b => b.ChangeQdisc(Root, peak));
    }

    [Fact]
    public void Ingress_And_Clsact()
    {
        var key = QdiscKey.Ingress(5);
        Check("qdisc add dev d5 ingress", c => c.AddQdisc(key, default(IngressQdisc)), b => b.AddQdisc(key, default(IngressQdisc)));
        Check("qdisc add dev d5 clsact", c => c.AddQdisc(key, default(ClsactQdisc)), b => b.AddQdisc(key, default(ClsactQdisc)));
        Check("qdisc del dev d5 ingress", c => c.DeleteQdisc(key, IngressQdisc.Kind), b => b.DeleteQdisc(key, IngressQdisc.Kind));
    }

    [Fact]
    public void Dump() => Golden.Equal(File.Messages["qdisc show"], SentMessage.Of(c => Assert.Empty(c.ListQdiscs())));

    [Fact]
    public void Raw_Options_Are_Written_As_They_Were_Read()
    {
        foreach (var (command, captured) in File.Messages.Where(static m => m.Key.Contains(" add ", StringComparison.Ordinal)))
        {
            var view = new QdiscView(Messages.Only(captured));
            var (key, raw) = (view.Key, view.ToRecord().Raw);
            Golden.Equal(captured, SentMessage.Of(c => c.AddQdisc(key, raw)));
            Assert.Contains(raw.ToString().Split(' ')[0], command, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Limit_That_Does_Not_Fit_Is_Refused_Before_It_Is_Sent()
    {
        var huge = new BfifoQdisc { Limit = new ByteSize(1ul << 32) };
        var batch = new NetlinkBatch();
        Assert.Throws<ArgumentOutOfRangeException>(() => batch.AddQdisc(Leaf, huge));
        var clock = new Psched(1_000, 64, 1_000_000, 1_000_000_000);
        Assert.Throws<ArgumentOutOfRangeException>("limit", () => new TbfQdisc(clock, new Rate(1), new ByteSize(1), new ByteSize(1ul << 32)));
        Assert.Throws<ArgumentOutOfRangeException>("burst", () => new TbfQdisc(clock, new Rate(1), new ByteSize(1ul << 32), new ByteSize(1)));
        Assert.Throws<ArgumentOutOfRangeException>("burst", () => new TbfQdisc(clock, new Rate(1), default, new ByteSize(1)));
        Assert.Throws<ArgumentOutOfRangeException>("rate", () => new TbfQdisc(clock, default, new ByteSize(1), new ByteSize(1)));
        Assert.Equal(0, batch.Count);
    }

    [Fact]
    public void Incomplete_Key_Deletes_Nothing()
    {
        using var client = new TcClient(new NetlinkSocket(new ScriptedTransport()));
        Assert.Throws<ArgumentException>(() => client.DeleteQdisc(Root with { Handle = default }, HtbQdisc.Kind));
        Assert.Throws<ArgumentException>(() => client.DeleteQdisc(Root with { Parent = default }, HtbQdisc.Kind));
        Assert.Throws<ArgumentException>(() => new NetlinkBatch().DeleteQdisc(Root with { Handle = default }, HtbQdisc.Kind));
    }

    private static void Check(string command, Action<TcClient> alone, Action<NetlinkBatch> batched)
    {
        var captured = TcDifferences.Without(File.Messages[command]);
        Golden.Equal(captured, SentMessage.Of(alone));
        Golden.Equal(captured, SentMessage.OfBatch(batched));
    }
}
