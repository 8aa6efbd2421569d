using VffNetlink.Tc;

namespace VffQos.Shaping;

/// <summary>The numbers of one HTB class and its leaf.</summary>
/// <param name="Rate">What it is guaranteed: a small share, for HTB never holds a class below it.</param>
/// <param name="Ceil">What it is held to.</param>
/// <param name="Burst">Bytes that it may send at once within the rate.</param>
/// <param name="CeilBurst">Bytes that it may send at once within the ceiling.</param>
/// <param name="Leaf">Bytes that wait in its leaf at most.</param>
/// <param name="Cuts">Whether the leaf cuts packets that the stack has not cut to size yet.</param>
internal readonly record struct ClassLimits(Rate Rate, Rate Ceil, ByteSize Burst, ByteSize CeilBurst, ByteSize Leaf, bool Cuts = false)
{
    /// <summary>
    /// Bytes that a class sends before the next has its turn, the same for all, so that they share evenly. Longer than any packet, for HTB gives a
    /// class one packet a turn even where its quantum is shorter: at 3,028 bytes, three users of 8mbit below 10mbit
    /// got 6.5, 2.4 and 1.1 Mbit/s, the first by TCP whose packets the stack had not yet cut to size, the last by small UDP packets.
    /// </summary>
    public const uint Quantum = 72 * 1024;

    /// <summary>The longest packet that a leaf which cuts lets pass whole: a jumbo frame, for what cannot be cut and is longer would be lost.</summary>
    public const ulong LongestWhole = 9216;

    /// <summary>The largest MTU at which a leaf may cut.</summary>
    public const uint LargestMtu = 9000;

    /// <summary>A packet that the stack has not cut to size yet: 64 KiB, and a header for each of its parts.</summary>
    private const ulong LargestPacket = 67 * 1024;

    /// <summary>An Ethernet packet with its header.</summary>
    private const ulong Packet = 1514;

    private const ulong SmallestLeaf = 128 * 1024;

    /// <summary>Half of the root's rate is shared out to the 65,000 classes that there can be, a tenth goes to the default class.</summary>
    private const ulong UserShare = 2 * 65_536;

    private const ulong DefaultShare = 10;

    /// <summary>HTB forgives a class what it owes beyond a minute, and its clock ends at four: no burst is longer than that.</summary>
    private const ulong LongestBurstSeconds = 60;

    /// <summary>The class that all others borrow from.</summary>
    public static ClassLimits ForRoot(Rate ceil) => new(ceil, ceil, Short(ceil), Short(ceil), default);

    /// <summary>A user's class.</summary>
    /// <param name="limit">A limit above the root's is cut to it, where it would end anyway.</param>
    /// <param name="root">The root's ceiling.</param>
    /// <param name="mayCut">Whether every packet that cannot be cut is short enough for a leaf that cuts.</param>
    public static ClassLimits ForUser(Rate limit, Rate root, bool mayCut) => Of(limit, root, new Rate(root.BytesPerSecond / UserShare), mayCut);

    /// <summary>
    /// The class of traffic that is no user's. Whatever a proxy fetches or sends on behalf of users leaves by it, so up to a
    /// tenth of the link is its own however many users compete.
    /// </summary>
    /// <param name="limit">Its limit.</param>
    /// <param name="root">The root's ceiling.</param>
    /// <param name="mayCut">Whether every packet that cannot be cut is short enough for a leaf that cuts.</param>
    public static ClassLimits ForDefault(Rate limit, Rate root, bool mayCut) => Of(limit, root, new Rate(root.BytesPerSecond / DefaultShare), mayCut);

    private static ClassLimits Of(Rate limit, Rate root, Rate share, bool mayCut)
    {
        var ceil = limit < root ? limit : root;
        var rate = new Rate(Math.Clamp(share.BytesPerSecond, 1, ceil.BytesPerSecond));
        var leaf = Math.Clamp(ceil.BytesPerSecond / 10, SmallestLeaf, uint.MaxValue);
        // Where two packets that are not cut yet would be all that 200 ms may pass the limit by; above, cutting is only work.
        var cuts = mayCut && ceil.BytesPerSecond / 10 < 2 * LargestPacket;
        return new ClassLimits(rate, ceil, Short(rate), cuts ? Half(ceil) : Long(ceil), new ByteSize(leaf), cuts);
    }

    /// <summary>Two milliseconds, which any timer keeps up with, and a packet.</summary>
    private static ByteSize Short(Rate rate) =>
        new(Math.Min(rate.BytesPerSecond / 500 + Packet, rate.BytesPerSecond > ulong.MaxValue / LongestBurstSeconds ? ulong.MaxValue : rate.BytesPerSecond * LongestBurstSeconds));

    /// <summary>
    /// Where the limit allows it, as much as the longest packet: a class whose bucket is smaller is full again long before it
    /// has its turn among classes that send such packets, and loses what it was due. It allows it where 200 ms at the limit, the bucket and one
    /// packet too many, which HTB lets through, stay together below one and a half times the limit.
    /// </summary>
    private static ByteSize Long(Rate ceil)
    {
        var tenth = ceil.BytesPerSecond / 10;
        var fair = tenth < LargestPacket ? 0 : Math.Min(tenth - LargestPacket, LargestPacket);
        return new ByteSize(Math.Max(Short(ceil).Bytes, fair));
    }

    /// <summary>
    /// As <see cref="Long"/>, behind a leaf that cuts: half of what the bucket may be there, so that a window that begins or ends amid a
    /// packet's time stays below the bound, too.
    /// </summary>
    private static ByteSize Half(Rate ceil)
    {
        var tenth = ceil.BytesPerSecond / 10;
        return new ByteSize(Math.Max(Short(ceil).Bytes, tenth < LongestWhole ? 0 : (tenth - LongestWhole) / 2));
    }
}
