using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace VffNetlink;

/// <content>
/// Text, as <c>inet_pton</c> reads it and <c>inet_ntop</c> prints it (RFC 5952): four decimal numbers without leading zeros for IPv4;
/// groups of four hexadecimal digits for IPv6, the longest run of zeros as <c>::</c>, the last 32 bits of a mapped or compatible address as IPv4.
/// </content>
public readonly partial struct InetAddress : ISpanFormattable, IUtf8SpanFormattable, ISpanParsable<InetAddress>, IUtf8SpanParsable<InetAddress>
{
    private const int MaximumText = 45; // eight groups of four and seven colons are 39; six groups and an IPv4 address are 45

    /// <summary>Reads an address, and nothing but an address: no port, brackets, prefix length or zone.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8Text, out InetAddress address)
    {
        if (utf8Text.Contains((byte)':'))
        {
            Span<byte> bytes = stackalloc byte[16];
            if (TryParseIPv6(utf8Text, bytes))
                return TryRead(bytes, out address);
        }
        else
        {
            Span<byte> bytes = stackalloc byte[4];
            if (TryParseIPv4(utf8Text, bytes))
                return TryRead(bytes, out address);
        }

        address = default;
        return false;
    }

    /// <summary>Reads an address, and nothing but an address: no port, brackets, prefix length or zone.</summary>
    public static bool TryParse(ReadOnlySpan<char> s, out InetAddress address)
    {
        Span<byte> utf8 = stackalloc byte[MaximumText];
        if (Ascii.FromUtf16(s, utf8, out var length) == System.Buffers.OperationStatus.Done)
            return TryParse(utf8[..length], out address);
        address = default;
        return false;
    }

    /// <summary>Reads an address.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static InetAddress Parse(ReadOnlySpan<char> s) =>
        TryParse(s, out var address) ? address : throw new FormatException($"\"{s}\" is not an IPv4 or IPv6 address.");

    /// <summary>Reads an address.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static InetAddress Parse(ReadOnlySpan<byte> utf8Text) =>
        TryParse(utf8Text, out var address) ? address : throw new FormatException($"\"{Encoding.UTF8.GetString(utf8Text)}\" is not an IPv4 or IPv6 address.");

    /// <summary>Writes the address in UTF-8; false where there is no room.</summary>
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten)
    {
        Span<byte> text = stackalloc byte[MaximumText];
        bytesWritten = Format(text);
        if (text[..bytesWritten].TryCopyTo(utf8Destination))
            return true;
        bytesWritten = 0;
        return false;
    }

    /// <summary>Writes the address; false where there is no room.</summary>
    public bool TryFormat(Span<char> destination, out int charsWritten)
    {
        Span<byte> text = stackalloc byte[MaximumText];
        text = text[..Format(text)];
        return Ascii.ToUtf16(text, destination, out charsWritten) == System.Buffers.OperationStatus.Done;
    }

    /// <summary>Such as <c>192.0.2.1</c> or <c>2001:db8::1</c>; <c>unspecified</c> for the default value.</summary>
    public override string ToString()
    {
        Span<byte> text = stackalloc byte[MaximumText];
        return Encoding.ASCII.GetString(text[..Format(text)]);
    }

    /// <inheritdoc/>
    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <inheritdoc/>
    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        TryFormat(destination, out charsWritten);

    /// <inheritdoc/>
    bool IUtf8SpanFormattable.TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        TryFormat(utf8Destination, out bytesWritten);

    /// <inheritdoc/>
    static InetAddress IParsable<InetAddress>.Parse(string s, IFormatProvider? provider) => Parse(s);

    /// <inheritdoc/>
    static bool IParsable<InetAddress>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out InetAddress result) =>
        TryParse(s.AsSpan(), out result);

    /// <inheritdoc/>
    static InetAddress ISpanParsable<InetAddress>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s);

    /// <inheritdoc/>
    static bool ISpanParsable<InetAddress>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out InetAddress result) => TryParse(s, out result);

    /// <inheritdoc/>
    static InetAddress IUtf8SpanParsable<InetAddress>.Parse(ReadOnlySpan<byte> utf8Text, IFormatProvider? provider) => Parse(utf8Text);

    /// <inheritdoc/>
    static bool IUtf8SpanParsable<InetAddress>.TryParse(ReadOnlySpan<byte> utf8Text, IFormatProvider? provider, out InetAddress result) =>
        TryParse(utf8Text, out result);

    private static bool TryParseIPv4(ReadOnlySpan<byte> text, Span<byte> bytes)
    {
        var at = 0;
        for (var i = 0; i < 4; i++)
        {
            if (i > 0 && (at == text.Length || text[at++] != '.'))
                return false;
            var start = at;
            var value = 0;
            for (; at < text.Length && text[at] is >= (byte)'0' and <= (byte)'9'; at++)
            {
                value = (value * 10) + text[at] - '0';
                // A leading zero would mean octal to some readers and decimal to others.
                if (value > 255 || (at > start && text[start] == '0'))
                    return false;
            }

            if (at == start)
                return false;
            bytes[i] = (byte)value;
        }

        return at == text.Length;
    }

    private static bool TryParseIPv6(ReadOnlySpan<byte> text, Span<byte> bytes)
    {
        var gap = -1; // where "::" stands for zeros
        var filled = 0;
        var at = 0;
        if (text.StartsWith("::"u8))
        {
            gap = 0;
            at = 2;
        }

        while (at < text.Length)
        {
            var start = at;
            var group = 0;
            for (; at < text.Length && HexDigit(text[at]) is >= 0 and var digit; at++)
            {
                if (at - start == 4)
                    return false;
                group = (group << 4) | digit;
            }

            if (at < text.Length && text[at] == '.')
            {
                if (filled > 12 || !TryParseIPv4(text[start..], bytes[filled..]))
                    return false;
                filled += 4;
                break;
            }

            if (at == start || filled == 16)
                return false;
            BinaryPrimitives.WriteUInt16BigEndian(bytes[filled..], (ushort)group);
            filled += 2;
            if (at == text.Length)
                break;
            if (text[at++] != ':' || at == text.Length)
                return false;
            if (text[at] != ':')
                continue;
            if (gap >= 0)
                return false;
            gap = filled;
            at++;
        }

        if (gap < 0)
            return filled == 16;
        if (filled == 16)
            return false;
        // What was read behind the gap moves to the end.
        bytes[gap..filled].CopyTo(bytes[(16 - filled + gap)..]);
        bytes.Slice(gap, 16 - filled).Clear();
        return true;
    }

    private static int HexDigit(byte character) => character switch
    {
        >= (byte)'0' and <= (byte)'9' => character - '0',
        >= (byte)'a' and <= (byte)'f' => character - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => character - 'A' + 10,
        _ => -1,
    };

    private int Format(Span<byte> text)
    {
        switch (Family)
        {
            case InetFamily.IPv4:
                return FormatIPv4(AsSpan(), text);
            case InetFamily.IPv6:
                return FormatIPv6(AsSpan(), text);
            default:
                "unspecified"u8.CopyTo(text);
                return "unspecified"u8.Length;
        }
    }

    private static int FormatIPv4(ReadOnlySpan<byte> bytes, Span<byte> text)
    {
        var at = 0;
        for (var i = 0; i < 4; i++)
        {
            if (i > 0)
                text[at++] = (byte)'.';
            bytes[i].TryFormat(text[at..], out var written, provider: CultureInfo.InvariantCulture);
            at += written;
        }

        return at;
    }

    private static int FormatIPv6(ReadOnlySpan<byte> bytes, Span<byte> text)
    {
        var (gap, length) = LongestZeros(bytes);
        var isMapped = gap == 0 && length == 5 && bytes[10] == 0xff && bytes[11] == 0xff;
        var isCompatible = gap == 0 && length == 6;
        var groups = isMapped || isCompatible ? 6 : 8;
        var at = 0;
        for (var i = 0; i < groups; i++)
        {
            if (i == gap)
            {
                "::"u8.CopyTo(text[at..]);
                at += 2;
                i += length - 1;
                continue;
            }

            if (i > 0 && i != gap + length)
                text[at++] = (byte)':';
            BinaryPrimitives.ReadUInt16BigEndian(bytes[(2 * i)..]).TryFormat(text[at..], out var written, "x", CultureInfo.InvariantCulture);
            at += written;
        }

        if (groups == 8)
            return at;
        if (isMapped)
            text[at++] = (byte)':';
        return at + FormatIPv4(bytes[12..], text[at..]);
    }

    /// <summary>The first of the longest runs of two or more zero groups; at -16 where there is none.</summary>
    private static (int Start, int Length) LongestZeros(ReadOnlySpan<byte> bytes)
    {
        var (start, length) = (-16, 1);
        for (var i = 0; i < 8; i++)
        {
            var end = i;
            while (end < 8 && (bytes[2 * end] | bytes[(2 * end) + 1]) == 0)
                end++;
            if (end - i > length)
                (start, length) = (i, end - i);
            i = Math.Max(i, end);
        }

        return (start, length);
    }
}
