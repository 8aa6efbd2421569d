using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace VffNetlink.Tc;

/// <summary>An amount of data in bytes, 64 bits wide; text is in tc's notation (<c>man tc</c>, SIZES).</summary>
/// <param name="Bytes">Bytes.</param>
public readonly record struct ByteSize(ulong Bytes) : IComparable<ByteSize>, ISpanParsable<ByteSize>
{
    private const ulong Kilo = 1024;
    private const ulong Mega = 1024 * Kilo;

    // Longest first where one name ends with another. Unlike tc's rates, all of its sizes are powers of 1024.
    private static readonly (string Name, decimal Bytes)[] Units =
    [
        ("kbit", 1024m / 8), ("mbit", 1048576m / 8), ("gbit", 1073741824m / 8),
        ("kb", 1024m), ("mb", 1048576m), ("gb", 1073741824m),
        ("k", 1024m), ("m", 1048576m), ("g", 1073741824m), ("b", 1m),
    ];

    /// <summary>
    /// Reads tc's notation: a number, which may have a fraction or an exponent, and <c>b</c>, <c>k</c> or <c>kb</c>, <c>m</c> or <c>mb</c>,
    /// <c>g</c> or <c>gb</c>, or <c>kbit</c>, <c>mbit</c>, <c>gbit</c>, all powers of 1024, in upper or lower case. A bare number is bytes.
    /// A fraction of a byte is cut off.
    /// </summary>
    /// <exception cref="FormatException">The text is no size.</exception>
    /// <exception cref="OverflowException">The size does not fit 64 bits.</exception>
    public static ByteSize Parse(ReadOnlySpan<char> text)
    {
        if (TryParse(text, out var size))
            return size;
        if (UnitNumber.IsNumber(text, Units))
            throw new OverflowException($"\"{text}\" is more than 64 bits of bytes hold.");
        throw new FormatException($"\"{text}\" is not a size; expected tc notation such as 128kb.");
    }

    /// <summary>As <see cref="Parse(ReadOnlySpan{char})"/>; false for what that refuses.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ByteSize size)
    {
        size = default;
        if (!UnitNumber.TryParse(text, Units, out var bytes) || decimal.Truncate(bytes) > ulong.MaxValue)
            return false;
        size = new((ulong)decimal.Truncate(bytes));
        return true;
    }

    /// <inheritdoc cref="Parse(ReadOnlySpan{char})"/>
    public static ByteSize Parse(string s, IFormatProvider? provider)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parse(s);
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out ByteSize)"/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ByteSize result) =>
        TryParse(s.AsSpan(), out result);

    /// <inheritdoc cref="Parse(ReadOnlySpan{char})"/>
    public static ByteSize Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s);

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out ByteSize)"/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out ByteSize result) => TryParse(s, out result);

    /// <summary>
    /// As tc prints it: <c>128Kb</c>, <c>1600b</c>, <c>2Mb</c>. Like tc, it prints a size close to a whole number of Kb or Mb as that
    /// number: for the exact one there is <see cref="Bytes"/>.
    /// </summary>
    public override string ToString()
    {
        if (Bytes >= Mega && IsNear(Mega, 1024, out var megabytes))
            return string.Create(CultureInfo.InvariantCulture, $"{megabytes}Mb");
        if (Bytes >= Kilo && IsNear(Kilo, 16, out var kilobytes))
            return string.Create(CultureInfo.InvariantCulture, $"{kilobytes}Kb");
        return string.Create(CultureInfo.InvariantCulture, $"{Bytes}b");
    }

    /// <inheritdoc/>
    public int CompareTo(ByteSize other) => Bytes.CompareTo(other.Bytes);

    /// <summary>Whether the left size is the smaller one.</summary>
    public static bool operator <(ByteSize left, ByteSize right) => left.Bytes < right.Bytes;

    /// <summary>Whether the left size is not the larger one.</summary>
    public static bool operator <=(ByteSize left, ByteSize right) => left.Bytes <= right.Bytes;

    /// <summary>Whether the left size is the larger one.</summary>
    public static bool operator >(ByteSize left, ByteSize right) => left.Bytes > right.Bytes;

    /// <summary>Whether the left size is not the smaller one.</summary>
    public static bool operator >=(ByteSize left, ByteSize right) => left.Bytes >= right.Bytes;

    private bool IsNear(ulong unit, ulong slack, out ulong count)
    {
        var (whole, rest) = Math.DivRem(Bytes, unit);
        count = rest > unit / 2 ? whole + 1 : whole;
        return Math.Min(rest, unit - rest) < slack;
    }
}
