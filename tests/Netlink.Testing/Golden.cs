using System.Globalization;
using System.Text;
using Xunit;

namespace VffNetlink.Testing;

/// <summary>
/// Messages captured from the real tools. A file has lines of hex, one message a line, and comments: the command that sent
/// them, the tool's version, and what was edited.
/// </summary>
/// <remarks>
/// <code>
/// # tc qdisc add dev veth0 root handle 1: htb default fffe
/// # iproute2-6.1.0
/// 48000000 2400 0506 00000000 00000000 ...
/// </code>
/// </remarks>
public static class Golden
{
    private const int FlagsOffset = 6;
    private const int SequenceOffset = 8;
    private const int HeaderSize = 16;

    /// <summary>The messages of a file of the running test project's folder <c>Golden</c>.</summary>
    public static IReadOnlyList<byte[]> Load(string name)
    {
        var messages = new List<byte[]>();
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Golden", name)))
        {
            var text = line.AsSpan();
            if (text.IndexOf('#') is >= 0 and var comment)
                text = text[..comment];
            var hex = text.ToString().Replace(" ", "", StringComparison.Ordinal).Trim();
            if (hex.Length > 0)
                messages.Add(Convert.FromHexString(hex));
        }

        Assert.NotEmpty(messages);
        return messages;
    }

    /// <summary>
    /// Compares a message with a captured one, but for the sequence number and port, which belong to the sender, and the
    /// acknowledgement flag, which belongs to the socket.
    /// </summary>
    public static void Equal(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual)
    {
        var left = Neutral(expected);
        var right = Neutral(actual);
        if (left.AsSpan().SequenceEqual(right))
            return;
        var text = new StringBuilder("The message differs from the captured one:").AppendLine();
        for (var i = 0; i < Math.Max(left.Length, right.Length); i += 4)
        {
            var (a, b) = (Word(left, i), Word(right, i));
            text.AppendLine(CultureInfo.InvariantCulture, $"{i,5}  {a,-12} {b,-12} {(a == b ? "" : "<--")}");
        }

        Assert.Fail(text.ToString());
    }

    private static string Word(byte[] bytes, int at) =>
        at >= bytes.Length ? "" : Convert.ToHexString(bytes.AsSpan(at, Math.Min(4, bytes.Length - at)));

    private static byte[] Neutral(ReadOnlySpan<byte> message)
    {
        var copy = message.ToArray();
        if (copy.Length < HeaderSize)
            return copy;
        copy.AsSpan(SequenceOffset, 8).Clear();
        copy[FlagsOffset] &= unchecked((byte)~4);
        return copy;
    }
}
