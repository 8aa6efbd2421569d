using System.Text;

namespace VffNetlink.Nftables;

/// <summary>
/// What user space keeps with an object (<c>NFTA_*_USERDATA</c>), which the kernel hands back as it is. <c>nft</c> keeps type-length-value
/// entries there, comments among them; entries of types that it does not know it leaves alone. Values compare by content.
/// </summary>
/// <remarks>
/// <code>
///  0      1        2
/// | type | length | value ... | type | length | value ... |
/// </code>
/// At most 256 bytes in all. Bytes that are no such entries are kept all the same; no entry is found in them.
/// </remarks>
public readonly struct NftUserData : IEquatable<NftUserData>
{
    /// <summary>NFT_USERDATA_MAXLEN.</summary>
    public const int MaximumLength = 256;

    /// <summary>The type of a comment on a table, chain, rule or element.</summary>
    public const byte CommentType = 0;

    /// <summary>The type of a comment on a set.</summary>
    public const byte SetCommentType = 7;

    private const int HeaderSize = 2;

    private readonly byte[]? _bytes;

    /// <summary>Bytes as they are, which are copied.</summary>
    /// <exception cref="ArgumentException">There are more than 256.</exception>
    public NftUserData(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaximumLength)
            throw new ArgumentException($"User data have at most {MaximumLength} bytes, not {bytes.Length}.", nameof(bytes));
        _bytes = bytes.IsEmpty ? null : bytes.ToArray();
    }

    /// <summary>The bytes; empty where there are none.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The first entry of this type.</summary>
    public bool TryGet(byte type, out ReadOnlySpan<byte> value) => TryGet(Bytes, type, out value);

    /// <summary>The first entry of this type as a string, up to its NUL; null where there is none.</summary>
    public string? GetString(byte type) => GetString(Bytes, type);

    /// <summary>The same with another value for this type, at the end; null removes the entry.</summary>
    /// <exception cref="ArgumentException">It is longer than 255 bytes, or all of it than 256.</exception>
    public NftUserData With(byte type, byte[]? value)
    {
        if (value is { Length: > byte.MaxValue })
            throw new ArgumentException($"An entry of user data has at most {byte.MaxValue} bytes, not {value.Length}.", nameof(value));
        var bytes = new List<byte>();
        for (var rest = Bytes; TryTake(ref rest, out var at, out var entry);)
        {
            if (at == type)
                continue;
            bytes.Add(at);
            bytes.Add((byte)entry.Length);
            bytes.AddRange(entry);
        }

        if (value is not null)
            bytes.AddRange([type, (byte)value.Length, .. value]);
        return new NftUserData(bytes.ToArray());
    }

    /// <summary>The same with another string for this type, ended by a NUL; null removes the entry.</summary>
    /// <exception cref="ArgumentException">It is longer than 254 bytes in UTF-8, or has a NUL in it.</exception>
    public NftUserData WithString(byte type, string? value) => value is null ? With(type, null)
        : value.Contains('\0', StringComparison.Ordinal) ? throw new ArgumentException("A string of user data has no NUL in it.", nameof(value))
        : With(type, [.. Encoding.UTF8.GetBytes(value), 0]);

    /// <summary>Finds the first entry of a type in bytes that came from the kernel. Allocates nothing.</summary>
    public static bool TryGet(ReadOnlySpan<byte> bytes, byte type, out ReadOnlySpan<byte> value)
    {
        while (TryTake(ref bytes, out var found, out value))
        {
            if (found == type)
                return true;
        }

        return false;
    }

    /// <summary>Writes an entry.</summary>
    /// <param name="destination">Room for two bytes more than the value has.</param>
    /// <param name="type">Not one of <c>nft</c>'s own (0 to 15, say), unless it means the same.</param>
    /// <param name="value">At most 255 bytes.</param>
    /// <returns>What is left of <paramref name="destination"/>.</returns>
    /// <exception cref="ArgumentException">The value is too long, or there is no room.</exception>
    public static Span<byte> Put(Span<byte> destination, byte type, scoped ReadOnlySpan<byte> value)
    {
        if (value.Length > byte.MaxValue || destination.Length < HeaderSize + value.Length)
            throw new ArgumentException($"An entry of user data of {value.Length} bytes does not fit into {destination.Length}.", nameof(value));
        destination[0] = type;
        destination[1] = (byte)value.Length;
        value.CopyTo(destination[HeaderSize..]);
        return destination[(HeaderSize + value.Length)..];
    }

    /// <inheritdoc/>
    public bool Equals(NftUserData other) => Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is NftUserData other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>Whether both are the same.</summary>
    public static bool operator ==(NftUserData left, NftUserData right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(NftUserData left, NftUserData right) => !left.Equals(right);

    /// <summary>The bytes in hexadecimal.</summary>
    public override string ToString() => Convert.ToHexStringLower(Bytes);

    internal static string? GetString(ReadOnlySpan<byte> bytes, byte type)
    {
        if (!TryGet(bytes, type, out var value))
            return null;
        var end = value.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? value : value[..end]);
    }

    /// <exception cref="NetlinkFormatException">There are more bytes than the kernel lets anybody keep.</exception>
    internal static NftUserData Read<TAttr>(scoped in NetlinkAttribute<TAttr> attribute)
        where TAttr : unmanaged, Enum => attribute.Payload.Length <= MaximumLength
            ? new NftUserData(attribute.Payload)
            : throw new NetlinkFormatException($"Attribute {attribute.Id} has {attribute.Payload.Length} bytes of user data; {MaximumLength} is the most.");

    internal void Put<TAttr>(AttributeWriter<TAttr> attributes, TAttr id)
        where TAttr : unmanaged, Enum
    {
        if (_bytes is not null)
            attributes.Put(id, _bytes);
    }

    private static bool TryTake(scoped ref ReadOnlySpan<byte> rest, out byte type, out ReadOnlySpan<byte> value)
    {
        if (rest.Length < HeaderSize || rest.Length - HeaderSize < rest[1])
        {
            type = 0;
            value = default;
            return false;
        }

        type = rest[0];
        value = rest.Slice(HeaderSize, rest[1]);
        rest = rest[(HeaderSize + value.Length)..];
        return true;
    }
}
