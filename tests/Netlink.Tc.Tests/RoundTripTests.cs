using VffNetlink.Tc.Tests.Support;

namespace VffNetlink.Tc.Tests;

/// <summary>What is written is read back as the same value, whatever the values are.</summary>
public class RoundTripTests
{
    private const int Rounds = 2_000;

    private static readonly Psched Clock = Psched.Parse("000003e8 00000040 000f4240 3b9aca00");

    private readonly Random _random = new(20260103);

    [Fact]
    public void Htb_Qdisc() => ForQdiscs(() => new HtbQdisc
    {
        DefaultClass = Any(),
        RateToQuantum = Any(),
        DirectQueueLength = Maybe(Any()),
        Offload = Coin(),
    });

    [Fact]
    public void Bfifo_Qdisc() => ForQdiscs(() => new BfifoQdisc { Limit = new ByteSize(Any()) });

    [Fact]
    public void Tbf_Qdisc() => ForQdiscs(() =>
    {
        var tbf = new TbfQdisc(Clock, AnyRate(), new ByteSize((Any() & 0xffff) + 1), new ByteSize(Any()))
        {
            Overhead = (ushort)Any(),
            MinimumPacket = (ushort)Any(),
            LinkLayer = Coin() ? LinkLayer.Atm : LinkLayer.Ethernet,
        };
        return Coin() ? tbf.WithPeak(Clock, AnyRate(), new ByteSize((Any() & 0xffff) + 1)) : tbf;
    });

    [Fact]
    public void Ingress_And_Clsact_Qdiscs()
    {
        ForQdiscs(static () => default(IngressQdisc));
        ForQdiscs(static () => default(ClsactQdisc));
    }

    [Fact]
    public void Htb_Class()
    {
        for (var i = 0; i < Rounds; i++)
        {
            var expected = new HtbClass(Clock, AnyRate(), Coin() ? AnyRate() : null, Coin() ? AnySize() : null, Coin() ? AnySize() : null)
            {
                Quantum = Maybe(Any()) is > 0 and var quantum ? quantum : null,
                Priority = Any() & 7,
                Overhead = (ushort)Any(),
                MinimumPacket = (ushort)Any(),
                LinkLayer = Coin() ? LinkLayer.Atm : LinkLayer.Ethernet,
            };
            var key = new ClassKey((int)(Any() >> 1), new TcHandle(Any()));
            var parent = new TcHandle(Any());
            var view = new ClassView(Messages.Only(SentMessage.Of(c => c.AddClass(key, parent, expected))));
            Assert.Equal(key, view.Key);
            Assert.Equal(parent, view.Parent);
            Assert.True(view.TryRead<HtbClass>(out var actual));
            Assert.Equal(expected, actual);
            var record = view.ToRecord();
            Assert.Equal((key, parent, "htb"), (record.Key, record.Parent, record.Kind));
            Assert.True(record.TryRead(out actual));
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void Fw_Filter() => ForFilters(() => new FwFilter { Mask = Maybe(Any()), ClassId = Maybe(AnyHandle()), InDevice = Coin() ? "eth0" : null, Actions = AnyActions() });

    [Fact]
    public void Matchall_Filter() => ForFilters(() => new MatchallFilter { ClassId = Maybe(AnyHandle()), Actions = AnyActions(), Offload = (FilterOffload)(Any() % 3) });

    [Fact]
    public void U32_Filter() => ForFilters(() => new U32Filter
    {
        Keys = [.. Enumerable.Range(0, _random.Next(5)).Select(_ => new U32Key(Any(), Any(), (int)Any(), -(int)(Any() & 1)))],
        Mark = Maybe(new U32Mark(Any(), Any())),
        ClassId = Maybe(AnyHandle()),
        InDevice = Coin() ? "wlan0" : null,
        Table = Maybe(new U32Handle(Any())),
        Actions = AnyActions(),
        Offload = (FilterOffload)(Any() % 3),
    });

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

    private void ForQdiscs<T>(Func<T> any)
        where T : struct, IQdiscKind<T>
    {
        for (var i = 0; i < Rounds; i++)
        {
            var expected = any();
            var key = new QdiscKey((int)(Any() >> 1), new TcHandle(Any()), new TcHandle(Any()));
            var view = new QdiscView(Messages.Only(SentMessage.Of(c => c.AddQdisc(key, expected))));
            Assert.Equal(key, view.Key);
            Assert.True(view.TryRead<T>(out var actual));
            Assert.Equal(expected, actual);
            Assert.True(view.ToRecord().TryRead(out actual));
            Assert.Equal(expected, actual);
        }
    }

    private void ForFilters<T>(Func<T> any)
        where T : struct, IFilterKind<T>
    {
        for (var i = 0; i < Rounds; i++)
        {
            var expected = any();
            var key = new FilterKey((int)(Any() >> 1), AnyHandle(), (ushort)Any(), (FilterProtocol)(ushort)Any(), Any()) { Chain = Any() };
            var view = new FilterView(Messages.Only(SentMessage.Of(c => c.AddFilter(key, expected))));
            Assert.Equal(key, view.Key);
            Assert.True(view.TryRead<T>(out var actual));
            Assert.Equal(expected, actual);
            Assert.Equal(expected.GetHashCode(), actual.GetHashCode());
            Assert.True(view.ToRecord().TryRead(out actual));
            Assert.Equal(expected, actual);
        }
    }

    private ActionList AnyActions()
    {
        var list = default(ActionList);
        for (var count = _random.Next(4); count > 0; count--)
        {
            list = _random.Next(5) switch
            {
                0 => list.Then(new GactAction(AnyControl())),
                1 => list.Then(new MirredAction((MirredMode)_random.Next(1, 5), (int)(Any() >> 1)) { Control = AnyControl() }),
                2 => list.Then(new SkbeditAction { Mark = Maybe(Any()), MarkMask = Maybe(Any()), Priority = Maybe(AnyHandle()), Queue = Maybe((ushort)Any()), Control = AnyControl() }),
                3 => list.Then(new CtinfoAction { MarkMask = Maybe(Any()), DscpMask = Maybe(Any()), DscpStateMask = Maybe(Any() | 1), Zone = (ushort)Any(), Control = AnyControl() }),
                _ => list.Then("unheard"u8, [1, 2, 3, 4]),
            };
        }

        return list;
    }

    private TcControl AnyControl() => _random.Next(4) switch
    {
        0 => TcControl.GotoChain(Any() >> 4),
        1 => TcControl.Continue,
        2 => TcControl.Shot,
        _ => TcControl.Pipe,
    };

    private Rate AnyRate() => new((ulong)_random.NextInt64(1 << 20, 1L << _random.Next(22, 62)));

    private ByteSize AnySize() => new((ulong)_random.NextInt64(1 << 20));

    private TcHandle AnyHandle() => new(Any());

    private uint Any() => (uint)_random.NextInt64(1L << 32);

    private bool Coin() => _random.Next(2) == 0;

    private T? Maybe<T>(T value)
        where T : struct => Coin() ? value : null;
}
