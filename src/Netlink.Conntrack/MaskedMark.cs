using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace VffNetlink.Conntrack;

/// <summary>
/// A connection mark under a mask, as <c>conntrack</c> and <c>nft</c> write it: <c>0x5/0xffff</c>. To set one changes the mask's bits
/// alone; to look for one compares them alone. The default value has no bits: it changes nothing and matches everything.
/// </summary>
public readonly record struct MaskedMark
{
    /// <summary>Some bits of a mark.</summary>
    /// <param name="value">What they are.</param>
    /// <param name="mask">Which they are.</param>
    /// <exception cref="ArgumentException">
    /// The value has bits outside the mask. The kernel would flip those bits of a mark that is set, and match nothing in a search.
    /// </exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public MaskedMark(uint value, uint mask)
    {
        if ((value & ~mask) != 0)
            Refuse(value, mask);
        Value = value;
        Mask = mask;
    }

    /// <summary>A whole mark.</summary>
    public MaskedMark(uint value)
        : this(value, uint.MaxValue)
    {
    }

    /// <summary>The bits' values; none is outside <see cref="Mask"/>.</summary>
    public uint Value { get; }

    /// <summary>The bits that are meant.</summary>
    public uint Mask { get; }

    /// <summary>Whether a mark has these bits.</summary>
    public bool Matches(uint mark) => (mark & Mask) == Value;

    /// <summary>What becomes of a mark when these bits are set in it.</summary>
    public uint ApplyTo(uint mark) => (mark & ~Mask) | Value;

    /// <summary>Such as <c>0x5/0xffff</c>, or <c>0x5</c> for a whole mark.</summary>
    public override string ToString() => Mask == uint.MaxValue
        ? string.Create(CultureInfo.InvariantCulture, $"0x{Value:x}")
        : string.Create(CultureInfo.InvariantCulture, $"0x{Value:x}/0x{Mask:x}");

    [DoesNotReturn]
    private static void Refuse(uint value, uint mask) => throw new ArgumentException($"The mark 0x{value:x} has bits outside its mask 0x{mask:x}.", nameof(value));
}
