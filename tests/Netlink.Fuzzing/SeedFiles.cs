using VffNetlink.Uapi;

namespace VffNetlink.Fuzzing;

/// <summary>The captures of the test projects, message by message.</summary>
internal static class SeedFiles
{
    private const int HeaderSize = 16;
    private const int MaximumLength = 8192; // a longer one is cut out of nothing that a shorter one does not have

    /// <summary>All of them, each once, in an order that is always the same.</summary>
    public static IReadOnlyList<(NETLINK Protocol, byte[] Message)> Load()
    {
        var assembly = typeof(SeedFiles).Assembly;
        var known = new HashSet<string>();
        var seeds = new List<(NETLINK, byte[])>();
        foreach (var name in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            while (reader.ReadLine() is { } line)
            {
                foreach (var message in Split(BytesOf(line)))
                {
                    if (known.Add(Convert.ToHexString(message)))
                        seeds.Add((ProtocolOf(name), message));
                }
            }
        }

        return seeds;
    }

    /// <summary>The bytes of a line of hexadecimal digits; none of one that has something else.</summary>
    private static byte[] BytesOf(string line)
    {
        var comment = line.IndexOf('#', StringComparison.Ordinal);
        var digits = (comment < 0 ? line : line[..comment]).Replace(" ", "", StringComparison.Ordinal).Trim();
        return digits.Length % 2 == 0 && digits.All(char.IsAsciiHexDigit) ? Convert.FromHexString(digits) : [];
    }

    private static IEnumerable<byte[]> Split(byte[] datagram)
    {
        for (var at = 0; at + HeaderSize <= datagram.Length;)
        {
            var length = BitConverter.ToInt32(datagram, at);
            if (length < HeaderSize || length > datagram.Length - at)
                yield break;
            if (length <= MaximumLength)
                yield return datagram[at..(at + length)];
            at += (length + 3) & ~3;
        }
    }

    /// <summary>A capture's protocol is its project's, or told by the file's name.</summary>
    private static NETLINK ProtocolOf(string name) =>
        name.Contains("Conntrack", StringComparison.Ordinal) || name.Contains("Nftables", StringComparison.Ordinal) ? NETLINK.NETLINK_NETFILTER
        : name.Contains("generic", StringComparison.OrdinalIgnoreCase) ? NETLINK.NETLINK_GENERIC
        : NETLINK.NETLINK_ROUTE;
}
