using System.Globalization;

namespace VffNetlink.Tc;

/// <summary>32 bits of a packet to compare, as the packet has them: the first byte is the highest one.</summary>
/// <param name="Value">What the bits must be.</param>
/// <param name="Mask">The bits that count; 0 matches every packet that is long enough.</param>
/// <param name="Offset">Bytes from the network header, a multiple of 4; negative ones lie in the link header.</param>
/// <param name="OffsetMask">-1: add the offset that a linked table has read before; 0: don't.</param>
public readonly record struct U32Key(uint Value, uint Mask, int Offset, int OffsetMask = 0)
{
    /// <summary>What matches every packet: tc's <c>match u32 0 0</c>.</summary>
    public static U32Key Any => default;

    /// <summary>Such as <c>0a000001/ffffffff at 16</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value:x8}/{Mask:x8} at {Offset}");
}
