using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace VffNetlink.Tc;

/// <summary>A rate of traffic in bytes per second, 64 bits wide; text is in tc's notation (<c>man tc</c>, RATES).</summary>
/// <param name="BytesPerSecond">Bytes per second, the kernel's own unit.</param>
public readonly record struct Rate(ulong BytesPerSecond) : IComparable<Rate>, ISpanParsable<Rate>
{
    // Longest first where one name ends with another, so that the first match is the unit. tc compares without case:
    // "Kibit" and "kibit" are one, and so are "kBps" and "kbps".
    private static readonly (string Name, decimal Bits)[] Units =
    [
        ("kibit", 1024m), ("mibit", 1048576m), ("gibit", 1073741824m), ("tibit", 1099511627776m),
        ("kbit", 1e3m), ("mbit", 1e6m), ("gbit", 1e9m), ("tbit", 1e12m), ("bit", 1m),
        ("kibps", 8m * 1024m), ("mibps", 8m * 1048576m), ("gibps", 8m * 1073741824m), ("tibps", 8m * 1099511627776m),
        ("kbps", 8e3m), ("mbps", 8e6m), ("gbps", 8e9m), ("tbps", 8e12m), ("bps", 8m),
    ];

    private static readonly string[] Prefixes = ["bit", "Kbit", "Mbit", "Gbit", "Tbit"];

    /// <summary>Bits per second; <see cref="ulong.MaxValue"/> where the number does not fit.</summary>
    public ulong BitsPerSecond => BytesPerSecond > ulong.MaxValue / 8 ? ulong.MaxValue : BytesPerSecond * 8;

    /// <summary>A rate of so many bits per second; a fraction of a byte is cut off, as tc does.</summary>
    public static Rate FromBitsPerSecond(ulong bits) => new(bits / 8);

    /// <summary>
    /// Reads tc's notation: a number, which may have a fraction or an exponent, and <c>bit</c>, <c>kbit</c>, <c>mbit</c>, <c>gbit</c>, <c>tbit</c> (bits per
    /// second, powers of 1000), <c>kibit</c>… (powers of 1024), <c>bps</c>, <c>kbps</c>, <c>kibps</c>… (bytes per second), in upper or lower
    /// case. A bare number is bits per second. A fraction of a byte is cut off. A percentage needs a device and is refused.
    /// </summary>
    /// <exception cref="FormatException">The text is no rate.</exception>
    /// <exception cref="OverflowException">The rate does not fit 64 bits of bytes per second.</exception>
    public static Rate Parse(ReadOnlySpan<char> text)
    {
        if (UnitNumber.TryParse(text, Units, out var bits) && TryConvert(bits, out var rate))
            return rate;
        if (UnitNumber.IsNumber(text, Units))
            throw new OverflowException($"\"{text}\" is more than 64 bits of bytes per second hold.");
        throw new FormatException($"\"{text}\" is not a rate; expected tc notation such as 50mbit.");
    }

    /// <summary>As <see cref="Parse(ReadOnlySpan{char})"/>; false for what that refuses.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Rate rate)
    {
        rate = default;
        return UnitNumber.TryParse(text, Units, out var bits) && TryConvert(bits, out rate);
    }

    /// <inheritdoc cref="Parse(ReadOnlySpan{char})"/>
    public static Rate Parse(string s, IFormatProvider? provider)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parse(s);
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out Rate)"/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Rate result) =>
        TryParse(s.AsSpan(), out result);

    /// <inheritdoc cref="Parse(ReadOnlySpan{char})"/>
    public static Rate Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s);

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out Rate)"/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Rate result) => TryParse(s, out result);

    /// <summary>
    /// As tc prints it: <c>8Mbit</c>, <c>1500Kbit</c>. Like tc, it keeps about four digits of a rate that is no round number:
    /// for the exact one there is <see cref="BytesPerSecond"/>.
    /// </summary>
    public override string ToString()
    {
        var rate = (UInt128)BytesPerSecond * 8;
        var prefix = 0;
        while (prefix < Prefixes.Length - 1 && rate >= 1000 && (rate % 1000 == 0 || rate >= 1_000_000))
        {
            rate /= 1000;
            prefix++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{rate}{Prefixes[prefix]}");
    }

    /// <inheritdoc/>
    public int CompareTo(Rate other) => BytesPerSecond.CompareTo(other.BytesPerSecond);

    /// <summary>Whether the left rate is the smaller one.</summary>
    public static bool operator <(Rate left, Rate right) => left.BytesPerSecond < right.BytesPerSecond;

    /// <summary>Whether the left rate is not the larger one.</summary>
    public static bool operator <=(Rate left, Rate right) => left.BytesPerSecond <= right.BytesPerSecond;

    /// <summary>Whether the left rate is the larger one.</summary>
    public static bool operator >(Rate left, Rate right) => left.BytesPerSecond > right.BytesPerSecond;

    /// <summary>Whether the left rate is not the smaller one.</summary>
    public static bool operator >=(Rate left, Rate right) => left.BytesPerSecond >= right.BytesPerSecond;

    private static bool TryConvert(decimal bits, out Rate rate)
    {
        var bytes = decimal.Truncate(bits / 8);
        var fits = bytes <= ulong.MaxValue;
        rate = fits ? new((ulong)bytes) : default;
        return fits;
    }
}
