using VffNetlink.Tc.Tests.Support;
using VffNetlink.Testing;

namespace VffNetlink.Tc.Tests;

/// <summary>A prepared class or filter is, byte for byte, the message that the client builds, whatever came before it.</summary>
public class PreparedTests
{
    private const int Rounds = 2_000;

    private static readonly Psched Clock = Psched.Parse("000003e8 00000040 000f4240 3b9aca00");

    private readonly Random _random = new(20_261_122);

    [Fact]
    public void Htb_Classes()
    {
        var (prepared, buffer) = (new PreparedHtbClass[3], new byte[PreparedHtbClass.MaximumLength]);
        for (var i = 0; i < Rounds; i++)
        {
            var (key, parent, options) = (AnyKey(), new TcHandle(Any()), AnyClass());
            if (i % 100 == 0)
            {
                prepared =
                [
                    PreparedHtbClass.ForAdd(key.IfIndex, parent, options),
                    PreparedHtbClass.ForReplace(key.IfIndex, parent, options),
                    PreparedHtbClass.ForChange(key.IfIndex, parent, options),
                ];
            }

            var verb = _random.Next(3);
            var form = prepared[verb];
            if (i % 100 != 0)
                Assert.Equal(Sent(verb, key, parent, options), Of(c => Assert.True(c.TrySend(form.Patch(key, parent, options), out _))));
            else
                Assert.Equal(Sent(verb, key, parent, options), Of(c => Assert.True(c.TrySend(form.Patch(key), out _))));

            // Another class like it, in place and in a copy; and one unlike it in a copy, which leaves it as it is.
            var (next, other, otherKey) = (AnyKey(), AnyClass(), AnyKey());
            form.Patch(key, parent, options);
            Assert.Equal(Sent(verb, otherKey, parent, other), Of(c => Assert.True(c.TrySend(form.CopyTo(buffer, otherKey, parent, other), out _))));
            Assert.Equal(Sent(verb, next, parent, options), Of(c => Assert.True(c.TrySend(form.CopyTo(buffer, next), out _))));
            Assert.Equal(Sent(verb, next, parent, options), OfBatch(b => Assert.Equal(0, form.AddTo(b, next))));
            Assert.Equal(Sent(verb, otherKey, parent, other), OfBatch(b => Assert.Equal(0, form.AddTo(b, otherKey, parent, other))));
            Assert.Equal(Sent(verb, next, parent, options), Of(c => Assert.True(c.TrySend(form.Patch(next), out _))));
        }
    }

    [Fact]
    public void Fw_Filters()
    {
        var buffer = new byte[PreparedFwFilter.MaximumLength];
        for (var i = 0; i < Rounds; i++)
        {
            var key = new FilterKey((int)(Any() >> 1), new TcHandle(Any()), (ushort)Any(), (FilterProtocol)Any(), Any()) { Chain = Coin() ? Any() : 0 };
            uint? mask = Coin() ? Any() : null;
            var add = Coin();
            var prepared = add ? PreparedFwFilter.ForAdd(key, mask) : PreparedFwFilter.ForReplace(key, mask);
            for (var j = 0; j < 2; j++)
            {
                var (mark, classId) = (Any(), new TcHandle(Any()));
                var options = new FwFilter { Mask = mask, ClassId = classId };
                var expected = Of(c =>
                {
                    if (add)
                        c.AddFilter(key with { Handle = mark }, options);
                    else
                        c.ReplaceFilter(key with { Handle = mark }, options);
                });
                Assert.Equal(expected, Of(c => Assert.True(c.TrySend(prepared.Patch(mark, classId), out _))));
                Assert.Equal(expected, Of(c => Assert.True(c.TrySend(prepared.CopyTo(buffer, mark, classId), out _))));
                Assert.Equal(expected, OfBatch(b => Assert.Equal(0, prepared.AddTo(b, mark, classId))));
            }
        }
    }

    [Fact]
    public void Every_Message_Fits_The_Length_That_Is_Told()
    {
        var wide = new HtbClass(Clock, new Rate(ulong.MaxValue), burst: new ByteSize(1), ceilBurst: new ByteSize(1));
        Assert.InRange(PreparedHtbClass.ForAdd(1, default, wide).Patch(default(ClassKey)).Length, 1, PreparedHtbClass.MaximumLength);
        Assert.InRange(PreparedFwFilter.ForAdd(new FilterKey(1, default, 1, FilterProtocol.IPv4, 0) { Chain = 1 }, 1).Patch(1, default).Length, 1, PreparedFwFilter.MaximumLength);
        Assert.Throws<ArgumentException>(() => PreparedHtbClass.ForAdd(1, default, wide).CopyTo(new byte[64], default(ClassKey)));
    }

    [Fact]
    public void Nothing_Is_Allocated()
    {
        var options = AnyClass();
        var classes = PreparedHtbClass.ForAdd(7, TcHandle.Root, options);
        var filters = PreparedFwFilter.ForAdd(new FilterKey(7, TcHandle.Root, 1, FilterProtocol.IPv4, 0));
        var buffer = new byte[256];
        var batch = new NetlinkBatch();
        var number = 0u;
        Allocations.None(() =>
        {
            var key = new ClassKey(7, new TcHandle(++number));
            batch.Clear();
            classes.Patch(key);
            classes.Patch(key, TcHandle.Root, options);
            classes.CopyTo(buffer, key);
            classes.CopyTo(buffer, key, TcHandle.Root, options);
            classes.AddTo(batch, key);
            classes.AddTo(batch, key, TcHandle.Root, options);
            filters.Patch(number, key.ClassId);
            filters.CopyTo(buffer, number, key.ClassId);
            filters.AddTo(batch, number, key.ClassId);
        });
    }

    private static byte[] Sent(int verb, ClassKey key, TcHandle parent, HtbClass options) => Of(c =>
    {
        if (verb == 0)
            c.AddClass(key, parent, options);
        else if (verb == 1)
            c.ReplaceClass(key, parent, options);
        else
            c.ChangeClass(key, parent, options);
    });

    private static byte[] Of(Action<TcClient> act) => Unnumbered(SentMessage.Of(act));

    private static byte[] OfBatch(Action<NetlinkBatch> act) => Unnumbered(SentMessage.OfBatch(act));

    /// <summary>Without the sequence number, which each socket counts for itself.</summary>
    private static byte[] Unnumbered(byte[] message)
    {
        message.AsSpan(8, sizeof(uint)).Clear();
        return message;
    }

    private ClassKey AnyKey() => new((int)(Any() >> 1), new TcHandle(Any()));

    private HtbClass AnyClass() => new(Clock, AnyRate(), AnyRate(), new ByteSize(Any() >> 20), new ByteSize(Any() >> 20))
    {
        Quantum = Coin() ? Any() : null,
        Priority = Any(),
        Overhead = (ushort)Any(),
        MinimumPacket = (ushort)Any(),
        LinkLayer = Coin() ? LinkLayer.Atm : LinkLayer.Ethernet,
    };

    /// <summary>As often one that 32 bits do not hold.</summary>
    private Rate AnyRate() => new(Coin() ? (1UL << 32) + Any() : 1000UL + Any());

    private uint Any() => (uint)_random.NextInt64(1L << 32);

    private bool Coin() => _random.Next(2) == 0;
}
