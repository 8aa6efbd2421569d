using System.Runtime.InteropServices;

namespace VffNetlink;

/// <summary>
/// Attributes as the bytes that they are, copied: what a newer kernel sent, and nobody here knows, is kept in it and written back.
/// Two are equal where their bytes are.
/// </summary>
public readonly struct RawAttributes : IEquatable<RawAttributes>
{
    private const int HeaderSize = 4;

    private readonly byte[]? _bytes;
    private readonly int _length;

    /// <summary>Copies attributes, headers and padding included.</summary>
    /// <exception cref="NetlinkFormatException">They are no whole attributes.</exception>
    public RawAttributes(ReadOnlySpan<byte> attributes)
    {
        var reader = new AttributeReader<Any>(attributes);
        while (reader.MoveNext())
        {
            // Each length is checked against what is left.
        }

        if (!reader.Rest.IsEmpty)
            Throw.Format($"{reader.Rest.Length} bytes are left behind the last attribute.");
        if (attributes.IsEmpty)
            return;
        _length = (attributes.Length + 3) & ~3;
        _bytes = new byte[_length];
        attributes.CopyTo(_bytes);
    }

    private RawAttributes(byte[] bytes, int length)
    {
        _bytes = bytes;
        _length = length;
    }

    private enum Any : ushort;

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => _length == 0;

    /// <summary>Their bytes, headers and padding included.</summary>
    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, _length);

    /// <summary>The attributes, one by one.</summary>
    /// <typeparam name="TAttr">The space that they are of.</typeparam>
    public AttributeReader<TAttr> Read<TAttr>()
        where TAttr : unmanaged, Enum => new(Span);

    /// <summary>Whether both have the same bytes.</summary>
    public bool Equals(RawAttributes other) => Span.SequenceEqual(other.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RawAttributes other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Span);
        return hash.ToHashCode();
    }

    /// <summary>The bytes in hexadecimal.</summary>
    public override string ToString() => Convert.ToHexStringLower(Span);

    /// <summary>Whether both have the same bytes.</summary>
    public static bool operator ==(RawAttributes left, RawAttributes right) => left.Equals(right);

    /// <summary>Whether their bytes differ.</summary>
    public static bool operator !=(RawAttributes left, RawAttributes right) => !left.Equals(right);

    /// <summary>Puts them as they are.</summary>
    internal void Write<TAttr>(AttributeWriter<TAttr> attributes)
        where TAttr : unmanaged, Enum
    {
        if (_length != 0)
            attributes.PutRaw(Span);
    }

    /// <summary>These and another one. Whoever appends owns the list: the bytes may be shared with the shorter one.</summary>
    internal RawAttributes With<TAttr>(scoped in NetlinkAttribute<TAttr> attribute)
        where TAttr : unmanaged, Enum
    {
        var size = HeaderSize + attribute.Payload.Length;
        var total = (size + 3) & ~3;
        var bytes = _bytes ?? [];
        if (bytes.Length - _length < total)
            Array.Resize(ref bytes, Math.Max(_length + total, _length * 2));
        var room = bytes.AsSpan(_length, total);
        MemoryMarshal.Write(room, (ushort)size);
        MemoryMarshal.Write(room[2..], attribute.RawType);
        attribute.Payload.CopyTo(room[HeaderSize..]);
        return new RawAttributes(bytes, _length + total);
    }
}
