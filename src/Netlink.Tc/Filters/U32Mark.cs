using System.Globalization;

namespace VffNetlink.Tc;

/// <summary>A packet mark to compare.</summary>
/// <param name="Value">What the bits must be.</param>
/// <param name="Mask">The bits that count.</param>
public readonly record struct U32Mark(uint Value, uint Mask = uint.MaxValue)
{
    /// <summary>Such as <c>0x10/0xffff</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"0x{Value:x}/0x{Mask:x}");
}
