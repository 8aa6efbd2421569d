using System.Text;

namespace VffNetlink;

/// <summary>Strings that come again and again, so that meeting one again allocates nothing. A full cache keeps what it has.</summary>
internal sealed class TextCache
{
    private const int MaximumKept = 1024;
    private const int MaximumLength = 512;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _texts = [];

    /// <summary>The kernel's words.</summary>
    public static TextCache Words { get; } = new();

    /// <summary>What was asked.</summary>
    public static TextCache Requests { get; } = new();

    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaximumLength)
            return Encoding.UTF8.GetString(utf8);
        Span<char> buffer = stackalloc char[MaximumLength];
        return Get(buffer[..Encoding.UTF8.GetChars(utf8, buffer)]);
    }

    public string Get(ReadOnlySpan<char> text)
    {
        lock (_lock)
        {
            var lookup = _texts.GetAlternateLookup<ReadOnlySpan<char>>();
            if (lookup.TryGetValue(text, out var known))
                return known;
            var added = text.ToString();
            if (_texts.Count < MaximumKept && added.Length <= MaximumLength)
                _texts.Add(added);
            return added;
        }
    }
}
