using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using VffNetlink.Tc.Uapi;

namespace VffNetlink.Tc;

/// <summary>
/// The name of a qdisc (<c>1:</c>) or class (<c>1:10</c>): two hexadecimal numbers of 16 bits, as tc writes them.
/// </summary>
/// <param name="Value">Major in the upper, minor in the lower half, as in <c>tcm_handle</c> and in <c>skb->priority</c>.</param>
public readonly record struct TcHandle(uint Value) : IComparable<TcHandle>, ISpanParsable<TcHandle>
{
    /// <summary>A handle of two halves.</summary>
    /// <param name="major">The qdisc's part.</param>
    /// <param name="minor">The class's part; 0 for the qdisc itself.</param>
    public TcHandle(ushort major, ushort minor)
        : this(((uint)major << 16) | minor)
    {
    }

    /// <summary>No handle (<c>TC_H_UNSPEC</c>), which tc prints as <c>none</c>.</summary>
    public static TcHandle None => default;

    /// <summary>As parent: the device itself (<c>TC_H_ROOT</c>).</summary>
    public static TcHandle Root => new((uint)TC_H.TC_H_ROOT);

    /// <summary>As parent: where the qdisc ingress hangs (<c>TC_H_INGRESS</c>, <c>ffff:fff1</c>).</summary>
    public static TcHandle Ingress => new((uint)TC_H.TC_H_INGRESS);

    /// <summary>As parent: where the qdisc clsact hangs. It is the place of ingress, too: a device has one or the other.</summary>
    public static TcHandle Clsact => new((uint)TC_H.TC_H_CLSACT);

    /// <summary>The handle of every qdisc ingress or clsact: <c>ffff:</c>.</summary>
    public static TcHandle IngressQdisc => new(0xFFFF, 0);

    /// <summary>As a filter's parent: packets that the device received, with ingress and with clsact.</summary>
    public static TcHandle IngressFilters => new(0xFFFF, (ushort)TC_H.TC_H_MIN_INGRESS);

    /// <summary>As a filter's parent: packets that the device is to send, with clsact.</summary>
    public static TcHandle EgressFilters => new(0xFFFF, (ushort)TC_H.TC_H_MIN_EGRESS);

    /// <summary>The qdisc's part.</summary>
    public ushort Major => (ushort)(Value >> 16);

    /// <summary>The class's part.</summary>
    public ushort Minor => (ushort)Value;

    /// <summary>The qdisc that a class belongs to.</summary>
    public TcHandle Qdisc => new(Value & (uint)TC_H.TC_H_MAJ_MASK);

    /// <summary>Reads tc's notation: <c>1:</c>, <c>1:10</c>, <c>:10</c>, <c>root</c>, <c>none</c>; the numbers are hexadecimal.</summary>
    /// <exception cref="FormatException">The text is no handle.</exception>
    public static TcHandle Parse(ReadOnlySpan<char> text) => TryParse(text, out var handle)
        ? handle
        : throw new FormatException($"\"{text}\" is not a handle; expected two hexadecimal numbers of up to four digits such as 1:10.");

    /// <summary>As <see cref="Parse(ReadOnlySpan{char})"/>; false for what that refuses.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TcHandle handle)
    {
        handle = text is "root" ? Root : None;
        if (text is "root" or "none")
            return true;
        var colon = text.IndexOf(':');
        if (colon < 0 || text.Length == 1 || !TryParseHalf(text[..colon], out var major) || !TryParseHalf(text[(colon + 1)..], out var minor))
            return false;
        handle = new(major, minor);
        return true;
    }

    /// <inheritdoc cref="Parse(ReadOnlySpan{char})"/>
    public static TcHandle Parse(string s, IFormatProvider? provider)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parse(s);
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out TcHandle)"/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out TcHandle result) => TryParse(s.AsSpan(), out result);

    /// <inheritdoc cref="Parse(ReadOnlySpan{char})"/>
    public static TcHandle Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s);

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out TcHandle)"/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out TcHandle result) => TryParse(s, out result);

    /// <summary>As tc prints it.</summary>
    public override string ToString() => Value switch
    {
        (uint)TC_H.TC_H_UNSPEC => "none",
        (uint)TC_H.TC_H_ROOT => "root",
        _ when Minor == 0 => string.Create(CultureInfo.InvariantCulture, $"{Major:x}:"),
        _ when Major == 0 => string.Create(CultureInfo.InvariantCulture, $":{Minor:x}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Major:x}:{Minor:x}"),
    };

    /// <inheritdoc/>
    public int CompareTo(TcHandle other) => Value.CompareTo(other.Value);

    /// <summary>Whether the left handle comes first.</summary>
    public static bool operator <(TcHandle left, TcHandle right) => left.Value < right.Value;

    /// <summary>Whether the left handle does not come behind.</summary>
    public static bool operator <=(TcHandle left, TcHandle right) => left.Value <= right.Value;

    /// <summary>Whether the left handle comes behind.</summary>
    public static bool operator >(TcHandle left, TcHandle right) => left.Value > right.Value;

    /// <summary>Whether the left handle does not come first.</summary>
    public static bool operator >=(TcHandle left, TcHandle right) => left.Value >= right.Value;

    private static bool TryParseHalf(ReadOnlySpan<char> text, out ushort value)
    {
        value = 0;
        return text.IsEmpty || (text.Length <= 4 && ushort.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value));
    }
}
