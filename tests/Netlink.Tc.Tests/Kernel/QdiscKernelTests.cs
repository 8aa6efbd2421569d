using System.Text.Json;
using VffNetlink.Tc.Tests.Support;

namespace VffNetlink.Tc.Tests.Kernel;

[Trait("Category", "Kernel")]
public sealed class QdiscKernelTests : IDisposable
{
    private static readonly QdiscKey Root = QdiscKey.Root(TcNamespace.D4, new TcHandle(1, 0));

    private readonly TcNamespace _ns = new();

    private TcClient Client => _ns.Client;

    [Fact]
    public void Htb_Is_What_Tc_Shows_And_What_Is_Read_Back()
    {
        var htb = new HtbQdisc { DefaultClass = 0xfffe, RateToQuantum = 50, DirectQueueLength = 77 };
        Client.AddQdisc(Root, htb);

        var shown = Assert.Single(_ns.TcJson("qdisc show dev d4"));
        Assert.Equal("htb", shown.GetProperty("kind").GetString());
        Assert.Equal("1:", shown.GetProperty("handle").GetString());
        Assert.True(shown.GetProperty("root").GetBoolean());
        var options = shown.GetProperty("options");
        Assert.Equal((50, "0xfffe", 77), (options.GetProperty("r2q").GetInt32(), options.GetProperty("default").GetString(), options.GetProperty("direct_qlen").GetInt32()));

        var read = Client.GetQdisc(Root);
        Assert.Equal((Root, "htb"), (read.Key, read.Kind));
        Assert.True(read.TryRead<HtbQdisc>(out var typed));
        Assert.Equal(htb, typed);
        Assert.False(read.TryRead<BfifoQdisc>(out _));
        Assert.Equal(0u, HtbQdisc.ReadDirectPackets(read.Raw.Payload));
        Assert.Equal(read.Raw, Assert.Single(Client.ListQdiscs(TcNamespace.D4)).Raw);

        // What was read can be written. htb's own bytes cannot: it tells its version in another form than it wants to hear.
        Client.DeleteQdisc(Root, HtbQdisc.Kind);
        Assert.False(Client.TryAddQdisc(Root, read.Raw, out var error));
        Assert.Equal(Errno.EINVAL, error.Number);
        Client.AddQdisc(Root, typed);
        Assert.Equal(read.Raw, Client.GetQdisc(Root).Raw);
    }

    [Fact]
    public void Htb_Cannot_Be_Changed_But_Replaced_Under_Another_Handle()
    {
        Client.AddQdisc(Root, new HtbQdisc { DefaultClass = 1 });
        Assert.False(Client.TryChangeQdisc(Root, new HtbQdisc { DefaultClass = 2 }, out var error));
        Assert.Equal("EINVAL: Change operation not supported by specified qdisc", error.ToString());
        Assert.False(Client.TryReplaceQdisc(Root, new HtbQdisc { DefaultClass = 2 }, out error));
        Assert.Equal("EINVAL: Change operation not supported by specified qdisc", error.ToString());
        var other = QdiscKey.Root(TcNamespace.D4, new TcHandle(2, 0));
        Client.ReplaceQdisc(other, new HtbQdisc { DefaultClass = 2 });
        Assert.Equal(other, Assert.Single(Client.ListQdiscs(TcNamespace.D4)).Key);
        Assert.Equal("2:", Assert.Single(_ns.TcJson("qdisc show dev d4")).GetProperty("handle").GetString());
    }

    [Fact]
    public void Leaf_Is_Made_Changed_And_Removed()
    {
        Client.AddQdisc(Root, default(HtbQdisc));
        Client.AddClass(new ClassKey(TcNamespace.D4, new TcHandle(1, 0x10)), Root.Handle, new HtbClass(Psched.Read(), Rate.Parse("8mbit")));
        var leaf = new QdiscKey(TcNamespace.D4, new TcHandle(1, 0x10), new TcHandle(0x10, 0));
        Client.AddQdisc(leaf, new BfifoQdisc { Limit = ByteSize.Parse("128k") });
        Assert.Equal(131_072, Leaf().GetProperty("options").GetProperty("limit").GetInt64());
        Client.ChangeQdisc(leaf, new BfifoQdisc { Limit = ByteSize.Parse("64k") });
        Assert.Equal(65_536, Leaf().GetProperty("options").GetProperty("limit").GetInt64());
        Client.ReplaceQdisc(leaf, new BfifoQdisc { Limit = new ByteSize(uint.MaxValue) });
        Assert.Equal(uint.MaxValue, Leaf().GetProperty("options").GetProperty("limit").GetInt64());
        Assert.True(Client.GetQdisc(leaf).TryRead<BfifoQdisc>(out var bfifo));
        Assert.Equal(uint.MaxValue, bfifo.Limit!.Value.Bytes);
        Assert.Equal(leaf.Handle, Client.GetClass(new ClassKey(TcNamespace.D4, leaf.Parent)).Leaf);
        Client.DeleteQdisc(leaf, BfifoQdisc.Kind);
        Assert.DoesNotContain(Client.ListQdiscs(TcNamespace.D4), q => q.Key == leaf);

        JsonElement Leaf() => _ns.TcJson("qdisc show dev d4").Single(q => q.GetProperty("handle").GetString() == "10:");
    }

    [Fact]
    public void Tbf_Is_What_Tc_Shows_And_What_Is_Read_Back()
    {
        var clock = Psched.Read();
        var tbf = new TbfQdisc(clock, Rate.Parse("8mbit"), ByteSize.Parse("9k"), ByteSize.Parse("128k"));
        Client.AddQdisc(Root, tbf);
        var shown = Assert.Single(_ns.TcJson("qdisc show dev d4")).GetProperty("options");
        Assert.Equal((1_000_000, 9216), (shown.GetProperty("rate").GetInt32(), shown.GetProperty("burst").GetInt32()));
        Assert.True(Client.GetQdisc(Root).TryRead<TbfQdisc>(out var read));
        Assert.Equal((tbf.Rate, tbf.Burst, tbf.Limit, null), (read.Rate, read.Burst, read.Limit, read.BurstSize));

        // What the kernel tells can be written again; it takes the burst from the ticks then.
        Client.ChangeQdisc(Root, read);
        Assert.True(Client.GetQdisc(Root).TryRead<TbfQdisc>(out var again));
        Assert.Equal(read, again);

        var fast = new TbfQdisc(clock, Rate.Parse("1000tbit"), ByteSize.Parse("9k"), ByteSize.Parse("64k")) { Overhead = 24 };
        Client.ChangeQdisc(Root, fast);
        Assert.True(Client.GetQdisc(Root).TryRead<TbfQdisc>(out read));
        Assert.Equal((fast.Rate, fast.Limit, 24), (read.Rate, read.Limit, read.Overhead));
    }

    [Fact]
    public void Ingress_And_Clsact_Exclude_Each_Other()
    {
        var key = QdiscKey.Ingress(TcNamespace.D5);
        Client.AddQdisc(key, default(IngressQdisc));
        Assert.Contains(_ns.TcJson("qdisc show dev d5"), static q => q.GetProperty("kind").GetString() == "ingress");
        var e = Assert.Throws<NetlinkException>(() => Client.AddQdisc(key, default(ClsactQdisc)));
        Assert.Equal("RTM_NEWQDISC clsact ffff: on ifindex 5 (d5): EEXIST: Exclusivity flag on, cannot modify", e.Message);
        Assert.Equal("RTM_NEWQDISC clsact ffff: on ifindex 5 (d5)", e.Request);
        var read = Client.GetQdisc(key);
        Assert.True(read.TryRead<IngressQdisc>(out _));
        Client.DeleteQdisc(key, IngressQdisc.Kind);
        Client.AddQdisc(key, default(ClsactQdisc));
        Assert.True(Client.GetQdisc(key).TryRead<ClsactQdisc>(out _));
    }

    [Fact]
    public void Only_What_The_Key_Names_Is_Deleted()
    {
        Client.AddQdisc(Root, default(HtbQdisc));
        Assert.False(Client.TryDeleteQdisc(Root with { Handle = new TcHandle(2, 0) }, HtbQdisc.Kind, out var error));
        Assert.Equal("EINVAL: Invalid handle", error.ToString());
        Assert.False(Client.TryDeleteQdisc(Root, BfifoQdisc.Kind, out error));
        Assert.StartsWith("EINVAL: Invalid qdisc name", error.ToString(), StringComparison.Ordinal);
        Assert.False(Client.TryDeleteQdisc(QdiscKey.Ingress(TcNamespace.D5), IngressQdisc.Kind, out error));
        Assert.Equal(Errno.ENOENT, error.Number);
        Assert.Equal(Root, Assert.Single(Client.ListQdiscs(TcNamespace.D4)).Key);
        Client.DeleteQdisc(Root, HtbQdisc.Kind);
        // The kernel's default takes its place: pfifo_fast, fq_codel.
        Assert.NotEqual("htb", Assert.Single(_ns.TcJson("qdisc show dev d4")).GetProperty("kind").GetString());
    }

    [Fact]
    public void What_Is_Not_There_Is_Told_Apart()
    {
        Assert.False(Client.TryGetQdisc(QdiscKey.Ingress(TcNamespace.D5), out var qdisc, out var error));
        Assert.Null(qdisc);
        Assert.Equal(Errno.ENOENT, error.Number);
        Assert.False(Client.TryGetQdisc(Root with { IfIndex = 4711 }, out _, out error));
        Assert.Equal(Errno.ENODEV, error.Number);
        var e = Assert.Throws<NetlinkException>(() => Client.AddQdisc(Root, new RawOptions("nosuchkind"u8)));
        Assert.StartsWith("RTM_NEWQDISC nosuchkind 1: on ifindex 4 (d4): ENOENT: ", e.Message, StringComparison.Ordinal);
        Assert.Empty(Client.ListQdiscs(4711));
    }

    public void Dispose() => _ns.Dispose();
}
