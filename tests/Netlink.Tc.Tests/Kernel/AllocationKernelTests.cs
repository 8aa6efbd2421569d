using System.Text;
using VffNetlink.Tc.Tests.Support;
using VffNetlink.Tc.Uapi;
using VffNetlink.Testing;

namespace VffNetlink.Tc.Tests.Kernel;

/// <summary>No verb allocates anything, alone or in a batch, carried out or refused.</summary>
/// <remarks>
/// Qdiscs and classes hang on a link that is down: taking a qdisc from one that is up waits for all processors. xunit's own
/// <c>Assert.Equal</c> allocates, <c>Assert.True</c> does not.
/// </remarks>
[Trait("Category", "Native")]
public sealed class AllocationKernelTests : IDisposable
{
    private static readonly QdiscKey Root = QdiscKey.Root(TcNamespace.D6, new TcHandle(1, 0));
    private static readonly ClassKey Ten = new(TcNamespace.D6, new TcHandle(1, 0x10));
    private static readonly QdiscKey Leaf = new(TcNamespace.D6, Ten.ClassId, new TcHandle(0x10, 0));
    private static readonly HtbQdisc Htb = new() { DefaultClass = 0x10 };
    private static readonly HtbClass Eight = new(Psched.Read(), Rate.Parse("8mbit")) { Quantum = 3000 };
    private static readonly BfifoQdisc Fifo = new() { Limit = new ByteSize(131_072) };

    private readonly TcNamespace _ns = new();
    private readonly NetlinkBatch _batch = new();

    private TcClient Client => _ns.Client;

    [Fact]
    public void Qdiscs()
    {
        Client.AddQdisc(Root, Htb);
        Client.AddClass(Ten, Root.Handle, Eight);
        Allocations.None(() =>
        {
            Assert.True(Client.TryAddQdisc(Leaf, Fifo, out _));
            Assert.True(Client.TryChangeQdisc(Leaf, Fifo, out _));
            Assert.True(Client.TryDeleteQdisc(Leaf, BfifoQdisc.Kind, out _));
        });
        Allocations.None(() =>
        {
            Assert.False(Client.TryAddQdisc(Root, Htb, out _));
            Assert.False(Client.TryDeleteQdisc(Leaf, BfifoQdisc.Kind, out _));
            Assert.False(Client.TryChangeQdisc(Leaf, default(IngressQdisc), out _));
        });
        Batched(
            batch =>
            {
                batch.AddQdisc(Leaf, Fifo);
                batch.DeleteQdisc(Leaf, BfifoQdisc.Kind);
            },
            batch =>
            {
                batch.AddQdisc(Root, Htb);
                batch.DeleteQdisc(Leaf, BfifoQdisc.Kind);
            });
    }

    [Fact]
    public void Ingress_And_Clsact()
    {
        var key = QdiscKey.Ingress(TcNamespace.D6);
        Client.AddQdisc(key, default(ClsactQdisc));
        Allocations.None(() => Assert.False(Client.TryAddQdisc(key, default(IngressQdisc), out _)));
        Allocations.None(() => Assert.False(Client.TryAddQdisc(key, default(ClsactQdisc), out _)));
    }

    [Fact]
    public void Classes()
    {
        Client.AddQdisc(Root, Htb);
        var deep = Ten with { ClassId = new TcHandle(1, 0x20) };
        Allocations.None(() =>
        {
            Assert.True(Client.TryAddClass(Ten, Root.Handle, Eight, out _));
            Assert.True(Client.TryChangeClass(Ten, Root.Handle, Eight, out _));
            Assert.True(Client.TryReplaceClass(Ten, Root.Handle, Eight, out _));
            Assert.True(Client.TryDeleteClass(Ten, out _));
        });
        Client.AddClass(Ten, Root.Handle, Eight);
        Allocations.None(() =>
        {
            Assert.False(Client.TryAddClass(Ten, Root.Handle, Eight, out _));
            Assert.False(Client.TryChangeClass(deep, Root.Handle, Eight, out _));
            Assert.False(Client.TryDeleteClass(deep, out _));
        });
        Batched(
            batch =>
            {
                batch.AddClass(deep, Root.Handle, Eight);
                batch.ChangeClass(deep, Root.Handle, Eight);
                batch.DeleteClass(deep);
            },
            batch =>
            {
                batch.AddClass(Ten, Root.Handle, Eight);
                batch.DeleteClass(deep);
            });
    }

    [Fact]
    public void U32_Filters()
    {
        Client.AddQdisc(Root, Htb);
        Filters(new U32Filter { Keys = [U32Key.Any], Actions = ActionList.Of(new MirredAction(MirredMode.EgressRedirect, TcNamespace.D5)) }, U32Filter.Kind.ToArray(), 0x80000001);
        Filters(new U32Filter { Mark = new U32Mark(0x10, 0xff), ClassId = Ten.ClassId }, U32Filter.Kind.ToArray(), 0x80000001);
    }

    [Fact]
    public void Fw_Filters()
    {
        Client.AddQdisc(Root, Htb);
        Filters(new FwFilter { Mask = 0xff, ClassId = Ten.ClassId }, FwFilter.Kind.ToArray(), 0x10);
    }

    [Fact]
    public void Matchall_Filters()
    {
        Client.AddQdisc(Root, Htb);
        var actions = ActionList.Of(new CtinfoAction { MarkMask = 0xffff, Control = TcControl.GotoChain(7) });
        Filters(new MatchallFilter { Actions = actions }, MatchallFilter.Kind.ToArray(), 1);
    }

    [Fact]
    public void Refusal_With_The_Kernels_Words_And_The_Attributes_Name()
    {
        Client.AddQdisc(Root, Htb);
        var key = new FilterKey(TcNamespace.D6, Root.Handle, 10, FilterProtocol.IPv4, 0x80000001);
        Client.AddFilter(key, new U32Filter { Keys = [U32Key.Any], ClassId = Ten.ClassId });
        var raw = new RawOptions("u32"u8, [6, 0, (byte)TCA_U32.TCA_U32_CLASSID, 0, 1, 2, 0, 0]);
        var next = key with { Handle = 0x80000002 };
        Allocations.None(() =>
        {
            Assert.False(Client.TryAddFilter(next, raw, out var error));
            Assert.True(error.Message is not null && error.Attribute is "TCA_OPTIONS/TCA_U32_CLASSID");
        });
    }

    [Fact]
    public void One_Datagram_Of_Classes_And_The_Looks_At_One_Object()
    {
        const int count = 20;
        Client.AddQdisc(Root, Htb);
        for (var i = 0; i < count; i++)
            Client.AddClass(new ClassKey(TcNamespace.D6, new TcHandle(1, (ushort)(0x10 + i))), Root.Handle, Eight);
        Client.AddQdisc(Leaf, Fifo);
        var key = new FilterKey(TcNamespace.D6, Root.Handle, 10, FilterProtocol.IPv4, 0x80000001);
        Client.AddFilter(key, new U32Filter { Keys = [U32Key.Any], ClassId = Ten.ClassId });
        Allocations.None(() =>
        {
            var sink = default(Sum);
            Assert.True(Client.TryDumpClasses(TcNamespace.D6, default, ref sink, out _));
            Assert.True(sink.Objects == count && sink.Rates == count * Eight.Rate.BytesPerSecond);
        });
        Allocations.None(() =>
        {
            var sink = default(Sum);
            Assert.True(Client.TryDumpQdiscs(TcNamespace.D6, ref sink, out _));
            Assert.True(sink.Objects == 2);
            Assert.True(Client.TryDumpFilters(TcNamespace.D6, Root.Handle, default, ref sink, out _));
            Assert.True(sink.Objects == 5);
        });
        Allocations.None(() =>
        {
            var sink = default(Sum);
            Assert.True(Client.TryGetQdisc(Leaf, ref sink, out _));
            Assert.True(Client.TryGetClass(Ten, ref sink, out _));
            Assert.True(Client.TryGetFilter(key, U32Filter.Kind, ref sink, out _));
            Assert.True(sink.Objects == 3);
        });
        var missing = Ten with { ClassId = new TcHandle(1, 0x999) };
        Allocations.None(() =>
        {
            var sink = default(Sum);
            Assert.False(Client.TryGetQdisc(Leaf with { Handle = Root.Handle }, ref sink, out _));
            Assert.False(Client.TryGetClass(missing, ref sink, out _));
            Assert.False(Client.TryGetFilter(key with { Priority = 11 }, U32Filter.Kind, ref sink, out _));
        });
    }

    public void Dispose() => _ns.Dispose();

    private void Filters<T>(T filter, byte[] kind, uint handle)
        where T : struct, IFilterOptions
    {
        var key = new FilterKey(TcNamespace.D6, Root.Handle, 10, FilterProtocol.IPv4, handle);
        var missing = key with { Priority = 11 };
        if (!Client.TryAddFilter(key, filter, out var error))
        {
            // A kernel without the part refuses it, which must not allocate either; where it has the part, the rest runs.
            Assert.Equal(Errno.ENOENT, error.Number);
            Allocations.None(() => Assert.False(Client.TryAddFilter(key, filter, out _)));
            Requires.Kernel(false, $"cls_{Encoding.UTF8.GetString(kind)}");
        }

        Client.DeleteFilter(key, kind);
        Allocations.None(() =>
        {
            Assert.True(Client.TryAddFilter(key, filter, out _));
            Assert.True(Client.TryDeleteFilter(key, kind, out _));
        });
        Allocations.None(() =>
        {
            Assert.True(Client.TryAddFilter(key, filter, out _, out _));
            Assert.True(Client.TryReplaceFilter(key, filter, out _) || typeof(T) == typeof(MatchallFilter)); // which refuses to be replaced
            Assert.True(Client.TryDeleteFilter(key, kind, out _));
        });
        Client.AddFilter(key, filter);
        Allocations.None(() =>
        {
            Assert.False(Client.TryAddFilter(key, filter, out _));
            Assert.False(Client.TryChangeFilter(missing, filter, out _));
            Assert.False(Client.TryDeleteFilter(missing, kind, out _));
        });
        Client.DeleteFilter(key, kind);
        Batched(
            batch =>
            {
                batch.AddFilter(key, filter);
                batch.DeleteFilter(key, kind);
            },
            batch =>
            {
                batch.ChangeFilter(key, filter);
                batch.DeleteFilter(missing, kind);
            });
    }

    private void Batched(Action<NetlinkBatch> carriedOut, Action<NetlinkBatch> refused)
    {
        Allocations.None(() =>
        {
            _batch.Clear();
            carriedOut(_batch);
            Assert.True(Client.Send(_batch).IsSuccess);
        });
        Allocations.None(() =>
        {
            _batch.Clear();
            refused(_batch);
            Assert.True(Client.Send(_batch).Refused == _batch.Count);
        });
    }

    private struct Sum : IQdiscSink, IClassSink, IFilterSink
    {
        public int Objects { get; private set; }

        public ulong Rates { get; private set; }

        public void Qdisc(scoped in QdiscView view)
        {
            Objects++;
            view.TryRead<HtbQdisc>(out _);
            view.TryReadStatistics(out _);
        }

        public void Class(scoped in ClassView view)
        {
            Objects++;
            if (view.TryRead<HtbClass>(out var htb) && view.TryReadStatistics(out _))
                Rates += htb.Rate.BytesPerSecond;
        }

        public void Filter(scoped in FilterView view) => Objects++;
    }
}
