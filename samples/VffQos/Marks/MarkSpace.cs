using System.Numerics;

namespace VffQos.Marks;

/// <summary>
/// Which bits of a conntrack mark are ours, and which numbers they hold. A user's index is the minor number of the user's HTB
/// classes; its bits, spread over the mask's bits from the lowest up, are the mark.
/// </summary>
/// <remarks>docs/marks.md says who else uses which bits.</remarks>
internal sealed class MarkSpace
{
    /// <summary>
    /// Bits 0 to 13, 24 and 25, as many as an HTB class's number has: clear of kube-proxy's 14 and 15 (0x4000, 0x8000), of Tailscale's
    /// 16 to 23 (0xff0000), and of the topmost, which others take for flags. The whole numbers that Xray, wg-quick, Istio and Mullvad set are in
    /// <see cref="ForeignMarks"/>.
    /// </summary>
    public const uint DefaultMask = 0x0300_3fff;

    /// <summary>The first index that a user can have: 1 is the root class, 0 is none.</summary>
    public const ushort FirstIndex = 2;

    /// <summary>The last: 0xfffe is the default class, and 0xffff is the root's in the kernel's own numbering.</summary>
    public const ushort LastIndex = 0xfffd;

    private readonly ushort[] _reserved;

    /// <summary>Takes the bits of <paramref name="mask"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The mask has no room for a single user.</exception>
    public MarkSpace(uint mask)
    {
        Mask = mask;
        var bits = BitOperations.PopCount(mask);
        Highest = (ushort)Math.Min(LastIndex, (1L << Math.Min(bits, 16)) - 1);
        _reserved = [.. ForeignMarks.ToArray().Select(foreign => Extract(foreign & mask)).Where(i => i >= FirstIndex && i <= Highest).Select(i => (ushort)i).Distinct().Order()];
        Capacity = Math.Max(0, Highest - FirstIndex + 1) - _reserved.Length;
        if (Capacity < 1)
            throw new ArgumentOutOfRangeException(nameof(mask), $"The mask 0x{mask:x8} has no room for a user.");
    }

    /// <summary>
    /// Numbers that other software sets as whole marks: Xray's sockopt.mark in its own examples (1, 255), wg-quick (51820), Istio (0x1337),
    /// Mullvad (0xf41 on connections, 0x6d6f6c65 on packets). What our bits would read of them is never a user's mark.
    /// </summary>
    public static ReadOnlySpan<uint> ForeignMarks => [1, 255, 51820, 0x1337, 0xf41, 0x6d6f_6c65];

    /// <summary>The bits that are ours.</summary>
    public uint Mask { get; }

    /// <summary>How many users can have a mark at once.</summary>
    public int Capacity { get; }

    /// <summary>The largest index that fits the mask.</summary>
    public ushort Highest { get; }

    /// <summary>Whether a user can have this index.</summary>
    public bool IsUsable(int index) => index >= FirstIndex && index <= Highest && Array.BinarySearch(_reserved, (ushort)index) < 0;

    /// <summary>The mark of an index: its bits deposited into the mask's.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No user can have this index.</exception>
    public uint ToMark(ushort index)
    {
        if (!IsUsable(index))
            throw new ArgumentOutOfRangeException(nameof(index), index, $"No user can have this index under the mask 0x{Mask:x8}.");
        var mark = 0u;
        var rest = Mask;
        for (uint bits = index; bits != 0; bits >>= 1)
        {
            var lowest = rest & (~rest + 1);
            if ((bits & 1) != 0)
                mark |= lowest;
            rest ^= lowest;
        }

        return mark;
    }

    /// <summary>The index that our bits of a connection's mark hold; false where they hold none that a user can have.</summary>
    public bool TryGetIndex(uint mark, out ushort index)
    {
        var extracted = Extract(mark & Mask);
        index = extracted <= LastIndex && IsUsable((int)extracted) ? (ushort)extracted : (ushort)0;
        return index != 0;
    }

    /// <summary>The indexes that our bits of some marks hold.</summary>
    public HashSet<ushort> IndexesOf(IEnumerable<uint> marks)
    {
        var indexes = new HashSet<ushort>();
        foreach (var mark in marks)
        {
            if (TryGetIndex(mark, out var index))
                indexes.Add(index);
        }

        return indexes;
    }

    private uint Extract(uint mark)
    {
        var value = 0u;
        var rest = Mask;
        for (var bit = 0; rest != 0; bit++)
        {
            var lowest = rest & (~rest + 1);
            if ((mark & lowest) != 0)
                value |= 1u << bit;
            rest ^= lowest;
        }

        return value;
    }
}
