using VffNetlink.Testing;

namespace VffNetlink.Tc.Tests;

/// <summary>Every verb can be given a deadline or be cancelled.</summary>
public sealed class LimitedClientTests
{
    private static readonly TcHandle Root = new(1, 0);
    private static readonly QdiscKey Qdisc = QdiscKey.Root(4, Root);
    private static readonly ClassKey Class = new(4, new TcHandle(1, 0x10));
    private static readonly FilterKey Filter = new(4, Root, 10, FilterProtocol.IPv4, 0x10);
    private static readonly HtbQdisc Htb = new();
    private static readonly HtbClass Limits = new(Psched.Parse("000003e8 00000040 000f4240 3b9aca00"), Rate.Parse("8mbit"));
    private static readonly FwFilter Fw = new() { ClassId = Class.ClassId };

    [Fact]
    public void Every_Verb_Heeds_The_Limit()
    {
        using var kernel = new ScriptedTransport();
        using var client = new TcClient(new NetlinkSocket(kernel));
        new Verbs<TcClient>()
            .Add(nameof(TcClient.AddQdisc), static c => c.AddQdisc(Qdisc, Htb))
            .Add(nameof(TcClient.TryAddQdisc), static c => c.TryAddQdisc(Qdisc, Htb, out _))
            .Add(nameof(TcClient.ReplaceQdisc), static c => c.ReplaceQdisc(Qdisc, Htb))
            .Add(nameof(TcClient.TryReplaceQdisc), static c => c.TryReplaceQdisc(Qdisc, Htb, out _))
            .Add(nameof(TcClient.ChangeQdisc), static c => c.ChangeQdisc(Qdisc, Htb))
            .Add(nameof(TcClient.TryChangeQdisc), static c => c.TryChangeQdisc(Qdisc, Htb, out _))
            .Add(nameof(TcClient.DeleteQdisc), static c => c.DeleteQdisc(Qdisc, HtbQdisc.Kind))
            .Add(nameof(TcClient.TryDeleteQdisc), static c => c.TryDeleteQdisc(Qdisc, HtbQdisc.Kind, out _))
            .Add(nameof(TcClient.GetQdisc), static c => c.GetQdisc(Qdisc))
            .Add(nameof(TcClient.TryGetQdisc), static c => c.TryGetQdisc(Qdisc, out _, out _))
            .Add(nameof(TcClient.TryGetQdisc), static c => Take((ref sink) => c.TryGetQdisc(Qdisc, ref sink, out _)))
            .Add(nameof(TcClient.TryDumpQdiscs), static c => Take((ref sink) => c.TryDumpQdiscs(4, ref sink, out _)))
            .Add(nameof(TcClient.ListQdiscs), static c => c.ListQdiscs())
            .Add(nameof(TcClient.AddClass), static c => c.AddClass(Class, Root, Limits))
            .Add(nameof(TcClient.TryAddClass), static c => c.TryAddClass(Class, Root, Limits, out _))
            .Add(nameof(TcClient.ReplaceClass), static c => c.ReplaceClass(Class, Root, Limits))
            .Add(nameof(TcClient.TryReplaceClass), static c => c.TryReplaceClass(Class, Root, Limits, out _))
            .Add(nameof(TcClient.ChangeClass), static c => c.ChangeClass(Class, Root, Limits))
            .Add(nameof(TcClient.TryChangeClass), static c => c.TryChangeClass(Class, Root, Limits, out _))
            .Add(nameof(TcClient.DeleteClass), static c => c.DeleteClass(Class))
            .Add(nameof(TcClient.TryDeleteClass), static c => c.TryDeleteClass(Class, out _))
            .Add(nameof(TcClient.GetClass), static c => c.GetClass(Class))
            .Add(nameof(TcClient.TryGetClass), static c => c.TryGetClass(Class, out _, out _))
            .Add(nameof(TcClient.TryGetClass), static c => Take((ref sink) => c.TryGetClass(Class, ref sink, out _)))
            .Add(nameof(TcClient.TryDumpClasses), static c => Take((ref sink) => c.TryDumpClasses(4, Root, ref sink, out _)))
            .Add(nameof(TcClient.ListClasses), static c => c.ListClasses(4))
            .Add(nameof(TcClient.AddFilter), static c => c.AddFilter(Filter, Fw))
            .Add(nameof(TcClient.AddFilter), static c => c.AddFilter(Filter, Fw, out _))
            .Add(nameof(TcClient.TryAddFilter), static c => c.TryAddFilter(Filter, Fw, out NetlinkError _))
            .Add(nameof(TcClient.TryAddFilter), static c => c.TryAddFilter(Filter, Fw, out _, out _))
            .Add(nameof(TcClient.ReplaceFilter), static c => c.ReplaceFilter(Filter, Fw))
            .Add(nameof(TcClient.TryReplaceFilter), static c => c.TryReplaceFilter(Filter, Fw, out _))
            .Add(nameof(TcClient.ChangeFilter), static c => c.ChangeFilter(Filter, Fw))
            .Add(nameof(TcClient.TryChangeFilter), static c => c.TryChangeFilter(Filter, Fw, out _))
            .Add(nameof(TcClient.DeleteFilter), static c => c.DeleteFilter(Filter, FwFilter.Kind))
            .Add(nameof(TcClient.TryDeleteFilter), static c => c.TryDeleteFilter(Filter, FwFilter.Kind, out _))
            .Add(nameof(TcClient.DeleteFilters), static c => c.DeleteFilters(Filter, FwFilter.Kind))
            .Add(nameof(TcClient.TryDeleteFilters), static c => c.TryDeleteFilters(Filter, FwFilter.Kind, out _))
            .Add(nameof(TcClient.GetFilter), static c => c.GetFilter(Filter, FwFilter.Kind))
            .Add(nameof(TcClient.TryGetFilter), static c => c.TryGetFilter(Filter, FwFilter.Kind, out _, out _))
            .Add(nameof(TcClient.TryGetFilter), static c => Take((ref sink) => c.TryGetFilter(Filter, FwFilter.Kind, ref sink, out _)))
            .Add(nameof(TcClient.TryDumpFilters), static c => Take((ref sink) => c.TryDumpFilters(4, Root, default, ref sink, out _)))
            .Add(nameof(TcClient.ListFilters), static c => c.ListFilters(4, Root))
            .Add(nameof(TcClient.Send), static c => c.Send(Batch()))
            .Add(nameof(TcClient.Send), static c =>
            {
                var sink = default(Sink);
                c.Send(Batch(), ref sink);
            })
            .Add(nameof(TcClient.TrySend), static c => c.TrySend(PreparedHtbClass.ForAdd(4, Root, Limits).Patch(Class), out _))
            .AssertLimited(client.Within(new CancellationToken(canceled: true)), kernel);
    }

    private delegate void Taker(ref Sink sink);

    private static void Take(Taker take)
    {
        var sink = default(Sink);
        take(ref sink);
    }

    private static NetlinkBatch Batch()
    {
        var batch = new NetlinkBatch();
        batch.AddClass(Class, Root, Limits);
        return batch;
    }

    private readonly struct Sink : IQdiscSink, IClassSink, IFilterSink, IBatchSink
    {
        public void Qdisc(scoped in QdiscView view)
        {
        }

        public void Class(scoped in ClassView view)
        {
        }

        public void Filter(scoped in FilterView view)
        {
        }

        public void Reply(int index, scoped in NetlinkMessage message)
        {
        }

        public void Refused(int index, in NetlinkError error)
        {
        }
    }
}
