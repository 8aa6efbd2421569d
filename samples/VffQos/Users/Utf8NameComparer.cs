using System.Text;

namespace VffQos.Users;

/// <summary>
/// Keys dictionaries by a user's name and finds them by the UTF-8 bytes of a log line, without making a string of them.
/// </summary>
internal sealed class Utf8NameComparer : IEqualityComparer<string>, IAlternateEqualityComparer<ReadOnlySpan<byte>, string>
{
    /// <summary>The only one: it has no state.</summary>
    public static Utf8NameComparer Instance { get; } = new();

    /// <inheritdoc/>
    public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.Ordinal);

    /// <inheritdoc/>
    public int GetHashCode(string name)
    {
        Span<byte> utf8 = stackalloc byte[UserName.MaxLength];
        return Encoding.UTF8.TryGetBytes(name, utf8, out var length)
            ? GetHashCode(utf8[..length])
            : GetHashCode(Encoding.UTF8.GetBytes(name).AsSpan());
    }

    /// <inheritdoc/>
    public bool Equals(ReadOnlySpan<byte> utf8, string name)
    {
        Span<byte> other = stackalloc byte[UserName.MaxLength];
        return Encoding.UTF8.TryGetBytes(name, other, out var length)
            ? utf8.SequenceEqual(other[..length])
            : utf8.SequenceEqual(Encoding.UTF8.GetBytes(name));
    }

    /// <inheritdoc/>
    /// <remarks>Seeded per process: whoever picks names cannot pick their buckets.</remarks>
    public int GetHashCode(ReadOnlySpan<byte> utf8)
    {
        var hash = default(HashCode);
        hash.AddBytes(utf8);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public string Create(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);
}
