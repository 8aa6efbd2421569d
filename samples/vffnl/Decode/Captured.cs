using System.Buffers;
using System.Globalization;
using System.Text;
using VffNetlink.Uapi;
using Vffnl.Cli;

namespace Vffnl.Decode;

/// <summary>Captured bytes in the forms that people have them in.</summary>
internal static class Captured
{
    private const int NotHex = -1;
    private const int NotTold = -2;

    private static readonly SearchValues<byte> Letters = SearchValues.Create([.. "\t\n\v\f\r"u8, .. Enumerable.Range(' ', '~' - ' ' + 1).Select(static c => (byte)c)]);

    /// <summary>The datagrams in what the command line names.</summary>
    /// <param name="input">Hexadecimal digits, or a file.</param>
    /// <param name="protocol">Whose messages they are, where the bytes do not tell.</param>
    /// <exception cref="UsageException">It is neither.</exception>
    public static IEnumerable<(NETLINK Protocol, ReadOnlyMemory<byte> Bytes)> Read(string input, NETLINK protocol)
    {
        if (!File.Exists(input))
        {
            return ParseHex(input, out var place) is { } typed
                ? [(protocol, typed)]
                : throw new UsageException($"\"{Shorten(input)}\" is no file, and no bytes in hexadecimal{place}");
        }

        var bytes = File.ReadAllBytes(input);
        if (PacketCapture.IsOne(bytes))
            return PacketCapture.Read(bytes);
        if (ParseHex(Encoding.Latin1.GetString(bytes), out var mistake) is { } written)
            return [(protocol, written)];
        // A message that started with four letters would have a hundred million bytes: this is text, with a mistake.
        return bytes.AsSpan(0, Math.Min(bytes.Length, sizeof(uint))).ContainsAnyExcept(Letters)
            ? [(protocol, bytes)]
            : throw new UsageException($"{input} has text that is no bytes in hexadecimal{mistake}");
    }

    /// <summary>Pairs of digits; blanks, colons, line ends and what follows a # in its line do not count. Null where there is anything else, and where.</summary>
    private static byte[]? ParseHex(string text, out string place)
    {
        place = "";
        var bytes = new List<byte>(text.Length / 2);
        var high = NotTold;
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsWhiteSpace(text[at]) || text[at] == ':')
                continue;
            if (text[at] == '#')
            {
                var end = text.IndexOf('\n', at);
                at = end < 0 ? text.Length : end;
                continue;
            }

            var digit = char.IsAsciiHexDigit(text[at]) ? Convert.ToInt32(text[at].ToString(), 16) : NotHex;
            if (digit == NotHex)
            {
                var lines = text.AsSpan(0, at).Count('\n');
                var column = at - text.LastIndexOf('\n', at);
                place = string.Create(CultureInfo.InvariantCulture, $": character {column}{(lines == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" of line {lines + 1}"))} is no digit");
                return null;
            }

            if (high == NotTold)
            {
                high = digit;
                continue;
            }

            bytes.Add((byte)(high << 4 | digit));
            high = NotTold;
        }

        if (high != NotTold)
            place = ": a digit is missing";
        else if (bytes.Count == 0)
            place = ": there is nothing";
        return place.Length == 0 ? [.. bytes] : null;
    }

    private static string Shorten(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= 60 ? line : line[..57] + "...";
    }
}
