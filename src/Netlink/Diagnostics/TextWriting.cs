using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace VffNetlink.Diagnostics;

/// <summary>Bytes as text that a terminal cannot be upset by.</summary>
internal static class TextWriting
{
    /// <summary>Two digits a byte.</summary>
    public static StringBuilder AppendHex(this StringBuilder text, ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
            text.Append(CultureInfo.InvariantCulture, $"{b:x2}");
        return text;
    }

    /// <summary>How many, and which: <c>(4 bytes) 0a000001</c>.</summary>
    public static StringBuilder AppendBytes(this StringBuilder text, ReadOnlySpan<byte> bytes)
    {
        text.Append(CultureInfo.InvariantCulture, $"({bytes.Length} byte{(bytes.Length == 1 ? "" : "s")})");
        return bytes.IsEmpty ? text : text.Append(' ').AppendHex(bytes);
    }

    /// <summary>A string up to its NUL, in quotation marks; false where it is no UTF-8, or where more than NULs follow.</summary>
    public static bool TryQuote(ReadOnlySpan<byte> bytes, StringBuilder text)
    {
        var end = bytes.IndexOf((byte)0);
        var value = end < 0 ? bytes : bytes[..end];
        if (bytes[value.Length..].ContainsAnyExcept((byte)0) || !Utf8.IsValid(value))
            return false;
        text.Append('"');
        foreach (var rune in Encoding.UTF8.GetString(value).EnumerateRunes())
        {
            if (rune.Value is '"' or '\\')
                text.Append('\\').Append((char)rune.Value);
            else if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                text.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
            else
                text.Append(rune.ToString());
        }

        text.Append('"');
        return true;
    }
}
