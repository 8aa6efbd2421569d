using System.Collections.Immutable;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using VffNetlink.Tc.Tests.Support;
using VffNetlink.Tc.Uapi;
using VffNetlink.Testing;

namespace VffNetlink.Tc.Tests;

/// <summary>What is written is read back as the same value, whatever the values are; what was captured is written as it was.</summary>
public class RoundTripTests
{
    private static readonly Psched Clock = Psched.Parse("000003e8 00000040 000f4240 3b9aca00");

    private static readonly Gen<Rate> AnyRate = Any.UInt64.Select(static v => new Rate((v % (1UL << 60)) + (1 << 20)));
    private static readonly Gen<ByteSize> AnyBurst = Any.UInt32.Select(static v => new ByteSize((v & 0xffff) + 1));
    private static readonly Gen<TcHandle> AnyHandle = Any.UInt32.Select(static v => new TcHandle(v));
    private static readonly Gen<LinkLayer> AnyLinkLayer = Gen.Elements(LinkLayer.Ethernet, LinkLayer.Atm);
    private static readonly Gen<FilterOffload> AnyOffload = Gen.Elements(Enum.GetValues<FilterOffload>());
    private static readonly Gen<TcControl> AnyControl = Gen.OneOf(Gen.Elements(TcControl.Continue, TcControl.Shot, TcControl.Pipe), Any.UInt32.Select(static chain => TcControl.GotoChain(chain >> 4)));

    private static readonly Gen<HtbQdisc> HtbQdiscs = Any.Of<HtbQdisc>();

    private static readonly Gen<TbfQdisc> TbfQdiscs =
        from rates in AnyRate.Two()
        from bursts in AnyBurst.Two()
        from limit in Any.UInt32
        from hasPeak in Any.Bool
        from numbers in Any.UInt16.Two()
        from layer in AnyLinkLayer
        let tbf = new TbfQdisc(Clock, rates.Item1, bursts.Item1, new ByteSize(limit)) { Overhead = numbers.Item1, MinimumPacket = numbers.Item2, LinkLayer = layer }
        select hasPeak ? tbf.WithPeak(Clock, rates.Item2, bursts.Item2) : tbf;

    private static readonly Gen<HtbClass> HtbClasses =
        from rate in AnyRate
        from ceil in Any.Maybe(AnyRate)
        from bursts in Gen.ArrayOf(Any.Maybe(AnyBurst), 2)
        from quantum in Any.Maybe(Any.UInt32.Where(static v => v != 0))
        from priority in Gen.Choose(0, 7)
        from numbers in Any.UInt16.Two()
        from layer in AnyLinkLayer
        select new HtbClass(Clock, rate, ceil, bursts[0], bursts[1])
        {
            Quantum = quantum,
            Priority = (uint)priority,
            Overhead = numbers.Item1,
            MinimumPacket = numbers.Item2,
            LinkLayer = layer,
        };

    private static readonly Gen<SkbeditAction> Skbedits = Any.Of<SkbeditAction>(OfTc);

    // A mask of 0 says that there is none.
    private static readonly Gen<CtinfoAction> Ctinfos = Any.Of<CtinfoAction>(static (name, type) => name == nameof(CtinfoAction.DscpStateMask) ? Any.Boxed(Any.Maybe(Any.UInt32.Where(static v => v != 0))) : OfTc(name, type));

    private static readonly Gen<MirredAction> Mirreds = Any.Of<MirredAction>(OfTc);

    private static readonly Gen<Func<ActionList, ActionList>> Action = Gen.OneOf<Func<ActionList, ActionList>>(
        AnyControl.Select(static control => (Func<ActionList, ActionList>)(list => list.Then(new GactAction(control)))),
        Mirreds.Select(static action => (Func<ActionList, ActionList>)(list => list.Then(action))),
        Skbedits.Select(static action => (Func<ActionList, ActionList>)(list => list.Then(action))),
        Ctinfos.Select(static action => (Func<ActionList, ActionList>)(list => list.Then(action))),
        Any.Bytes(0, 40).Select(static bytes => (Func<ActionList, ActionList>)(list => list.Then("unheard"u8, Options(bytes)))));

    private static readonly Gen<ActionList> Actions =
        from count in Gen.Choose(0, 4)
        from actions in Gen.ArrayOf(Action, count)
        select actions.Aggregate(default(ActionList), static (list, then) => then(list));

    private static readonly Gen<FwFilter> FwFilters = Any.Of<FwFilter>(OfTc);

    private static readonly Gen<MatchallFilter> MatchallFilters = Any.Of<MatchallFilter>(OfTc);

    private static readonly Gen<U32Filter> U32Filters = Any.Of<U32Filter>(OfTc);

    private static readonly Gen<U32Key> Keys =
        from numbers in Gen.ArrayOf(Any.UInt32, 3)
        from relative in Any.Bool
        select new U32Key(numbers[0], numbers[1], (int)numbers[2], relative ? -1 : 0);

    private static readonly Gen<QdiscKey> QdiscKeys =
        from link in Any.Index
        from handles in AnyHandle.Two()
        select new QdiscKey(link, handles.Item1, handles.Item2);

    private static readonly Gen<FilterKey> FilterKeys =
        from link in Any.Index
        from parent in AnyHandle
        from priority in Any.UInt16
        from protocol in Any.UInt16
        from numbers in Any.UInt32.Two()
        select new FilterKey(link, parent, priority, (FilterProtocol)protocol, numbers.Item1) { Chain = numbers.Item2 };

    [Fact]
    public void Htb_Qdisc() => ForQdiscs(HtbQdiscs);

    [Fact]
    public void Bfifo_Qdisc() => ForQdiscs(Any.UInt32.Select(static limit => new BfifoQdisc { Limit = new ByteSize(limit) }));

    [Fact]
    public void Tbf_Qdisc() => ForQdiscs(TbfQdiscs);

    [Fact]
    public void Ingress_And_Clsact_Qdiscs()
    {
        ForQdiscs(Gen.Constant(default(IngressQdisc)));
        ForQdiscs(Gen.Constant(default(ClsactQdisc)));
    }

    [Fact]
    public void Htb_Class() => Any.Holds(HtbClasses.Zip(Any.Index).Zip(AnyHandle.Two()), static made =>
    {
        var ((expected, link), (id, parent)) = made;
        var key = new ClassKey(link, id);
        var view = new ClassView(Messages.Only(SentMessage.Of(c => c.AddClass(key, parent, expected))));
        Assert.Equal(key, view.Key);
        Assert.Equal(parent, view.Parent);
        Assert.True(view.TryRead<HtbClass>(out var actual));
        Assert.Equal(expected, actual);
        var record = view.ToRecord();
        Assert.Equal((key, parent, "htb"), (record.Key, record.Parent, record.Kind));
        Assert.True(record.TryRead(out actual));
        Assert.Equal(expected, actual);
    });

    [Fact]
    public void Fw_Filter() => ForFilters(FwFilters);

    [Fact]
    public void Matchall_Filter() => ForFilters(MatchallFilters);

    [Fact]
    public void U32_Filter() => ForFilters(U32Filters);

    [Fact]
    public void Skbedit_Action() => ForActions(Skbedits);

    [Fact]
    public void Ctinfo_Action() => ForActions(Ctinfos);

    [Fact]
    public void Mirred_Action() => ForActions(Mirreds);

    [Fact]
    public void Gact_Action() => ForActions(AnyControl.Select(static control => new GactAction(control)));

    /// <summary>Of any kind, known or not, and with what a newer kernel or another tool puts there.</summary>
    [Fact]
    public void What_Was_Captured_Is_Written_Without_A_Difference()
    {
        var compared = 0;
        foreach (var captured in Captures())
        {
            var message = Messages.Only(captured);
            var written = (RTM_TC)message.Type switch
            {
                RTM_TC.RTM_NEWQDISC when new QdiscView(message).ToRecord() is var qdisc => SentMessage.Of(c => c.AddQdisc(qdisc.Key, qdisc.Raw)),
                RTM_TC.RTM_NEWTCLASS when new ClassView(message).ToRecord() is var tclass => SentMessage.Of(c => c.AddClass(tclass.Key, tclass.Parent, tclass.Raw)),
                RTM_TC.RTM_NEWTFILTER when new FilterView(message).ToRecord() is var filter => SentMessage.Of(c => c.AddFilter(filter.Key, filter.Raw)),
                _ => null,
            };
            if (written is null)
                continue;
            Assert.Equal(Essence(captured), Essence(written));
            compared++;
        }

        Assert.InRange(compared, 60, int.MaxValue);
    }

    [Fact]
    public void Most_Keys_And_Most_Actions_Fit()
    {
        var actions = default(ActionList);
        for (var i = 0; i < 32; i++)
            actions = actions.Then(new MirredAction(MirredMode.EgressMirror, i + 1));
        var filter = new U32Filter { Keys = [.. Enumerable.Range(0, 128).Select(static i => new U32Key((uint)i, uint.MaxValue, 4 * i))], Actions = actions };
        var key = new FilterKey(4, new TcHandle(1, 0), 1, FilterProtocol.All, 1);
        var view = new FilterView(Messages.Only(SentMessage.Of(c => c.AddFilter(key, filter))));
        Assert.True(view.TryRead<U32Filter>(out var actual));
        Assert.Equal(filter, actual);
        Assert.Equal(32, actual.Actions.Count);
        Assert.Throws<InvalidOperationException>(() => actions.Then(new GactAction(TcControl.Ok)));
        Assert.Throws<InvalidOperationException>(() => SentMessage.Of(c => c.AddFilter(key, filter with { Keys = filter.Keys.Add(U32Key.Any) })));
    }

    private static void ForQdiscs<T>(Gen<T> any)
        where T : struct, IQdiscKind<T> => Any.Holds(any.Zip(QdiscKeys), static made =>
        {
            var (expected, key) = made;
            var view = new QdiscView(Messages.Only(SentMessage.Of(c => c.AddQdisc(key, expected))));
            Assert.Equal(key, view.Key);
            Assert.True(view.TryRead<T>(out var actual));
            Assert.Equal(expected, actual);
            Assert.True(view.ToRecord().TryRead(out actual));
            Assert.Equal(expected, actual);
        });

    private static void ForFilters<T>(Gen<T> any)
        where T : struct, IFilterKind<T> => Any.Holds(any.Zip(FilterKeys), static made =>
        {
            var (expected, key) = made;
            var view = new FilterView(Messages.Only(SentMessage.Of(c => c.AddFilter(key, expected))));
            Assert.Equal(key, view.Key);
            Assert.True(view.TryRead<T>(out var actual));
            Assert.Equal(expected, actual);
            Assert.Equal(expected.GetHashCode(), actual.GetHashCode());
            Assert.True(view.ToRecord().TryRead(out actual));
            Assert.Equal(expected, actual);
        });

    private static void ForActions<T>(Gen<T> any)
        where T : struct, IActionKind<T> => Any.Holds(any, static expected =>
        {
            foreach (var action in ActionList.Of(expected))
            {
                Assert.True(action.TryRead<T>(out var actual));
                Assert.Equal(expected, actual);
            }
        });

    private static Gen<object?>? OfTc(string name, Type type) =>
        type == typeof(TcHandle) ? Any.Boxed(AnyHandle)
        : type == typeof(TcControl) ? Any.Boxed(AnyControl)
        : type == typeof(ActionList) ? Any.Boxed(Actions)
        : type == typeof(FilterOffload) ? Any.Boxed(AnyOffload)
        : type == typeof(MirredMode) ? Any.Boxed(Gen.Elements(Enum.GetValues<MirredMode>()))
        : type == typeof(U32Handle) ? Any.Boxed(Any.UInt32.Select(static v => new U32Handle(v)))
        : type == typeof(U32Mark) ? Any.Boxed(Any.UInt32.Two().Select(static v => new U32Mark(v.Item1, v.Item2)))
        : type == typeof(ImmutableArray<U32Key>) ? Any.Boxed(Gen.Choose(0, 5).SelectMany(static count => Gen.ArrayOf(Keys, count)).Select(static keys => keys.ToImmutableArray()))
        : null;

    /// <summary>Attributes that nobody knows.</summary>
    private static byte[] Options(byte[] value) =>
        [.. BitConverter.GetBytes((ushort)(4 + value.Length)), 77, 0, .. value, .. new byte[-value.Length & 3]];

    private static IEnumerable<byte[]> Captures()
    {
        string[] names = ["qdiscs.txt", "classes.txt", "fw.txt", "u32.txt", "matchall.txt", "actions.txt", "replies-6.18.txt", "replies-6.12.txt"];
        foreach (var datagram in names.SelectMany(static name => GoldenFile.Load(name).Messages.Values))
        {
            for (var at = 0; at + 16 <= datagram.Length; at += (BitConverter.ToInt32(datagram, at) + 3) & ~3)
                yield return datagram[at..(at + BitConverter.ToInt32(datagram, at))];
        }
    }

    /// <summary>What makes the object: its place, but for what the kernel counts there, its kind and its options.</summary>
    private static string Essence(byte[] bytes)
    {
        var message = Messages.Only(bytes);
        var header = message.ReadHeader<tcmsg>();
        // Of qdiscs and classes the kernel tells references and the leaf here, which nobody sends.
        var info = (RTM_TC)message.Type == RTM_TC.RTM_NEWTFILTER ? header.tcm_info : 0;
        var parts = new List<string>();
        foreach (var a in message.Attributes<tcmsg, TCA>())
        {
            if (a.Id == TCA.TCA_KIND)
                parts.Add($"{a.Id} {a.ReadString()}");
            else if (a.Id == TCA.TCA_OPTIONS || (a.Id == TCA.TCA_CHAIN && a.ReadUInt32() != 0))
                parts.Add($"{a.Id} {Convert.ToHexString(a.Payload)}");
        }

        return string.Create(CultureInfo.InvariantCulture, $"{message.Type} {header.tcm_ifindex} {header.tcm_parent:x} {header.tcm_handle:x} {info:x} {string.Join(' ', parts.Order(StringComparer.Ordinal))}");
    }
}
