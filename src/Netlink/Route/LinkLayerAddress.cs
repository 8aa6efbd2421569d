using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace VffNetlink.Route;

/// <summary>
/// The address of a link (a MAC address, or what stands for one on a tunnel): up to 32 bytes as a value. Two are equal where their bytes
/// are. The default value is none.
/// </summary>
public readonly struct LinkLayerAddress : IEquatable<LinkLayerAddress>
{
    /// <summary>MAX_ADDR_LEN of the kernel.</summary>
    public const int MaximumLength = 32;

    private readonly Room _bytes;
    private readonly byte _length;

    /// <summary>An address from its bytes.</summary>
    /// <exception cref="ArgumentException">There are more than 32.</exception>
    public LinkLayerAddress(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaximumLength)
            throw new ArgumentException($"The address of a link has at most {MaximumLength} bytes, not {bytes.Length}.", nameof(bytes));
        _length = (byte)bytes.Length;
        bytes.CopyTo(_bytes);
    }

    /// <summary>Bytes: 6 of Ethernet, 0 of the default value.</summary>
    public int Length => _length;

    /// <summary>Whether it is the default value.</summary>
    public bool IsEmpty => _length == 0;

    /// <summary>The bytes: a view of this value, valid as long as it is.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Span => ((ReadOnlySpan<byte>)_bytes)[.._length];

    /// <summary>Reads <c>02:00:00:00:00:01</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out LinkLayerAddress address)
    {
        address = default;
        Span<byte> bytes = stackalloc byte[MaximumLength];
        var length = (text.Length + 1) / 3;
        if (length is 0 or > MaximumLength || text.Length != (length * 3) - 1)
            return false;
        for (var i = 0; i < length; i++)
        {
            if (i > 0 && text[(i * 3) - 1] != ':')
                return false;
            if (Convert.FromHexString(text.Slice(i * 3, 2), bytes[i..], out _, out _) != System.Buffers.OperationStatus.Done)
                return false;
        }

        address = new LinkLayerAddress(bytes[..length]);
        return true;
    }

    /// <summary>Reads <c>02:00:00:00:00:01</c>.</summary>
    /// <exception cref="FormatException">It is not such a text.</exception>
    public static LinkLayerAddress Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var address) ? address : throw new FormatException($"\"{text}\" is no address of a link, such as 02:00:00:00:00:01.");

    /// <summary>The bytes, copied.</summary>
    public byte[] ToArray() => Span.ToArray();

    /// <inheritdoc/>
    public bool Equals(LinkLayerAddress other) => Span.SequenceEqual(other.Span);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is LinkLayerAddress other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Span);
        return hash.ToHashCode();
    }

    /// <summary>Such as <c>02:00:00:00:00:01</c>; empty for the default value.</summary>
    public override string ToString()
    {
        Span<char> text = stackalloc char[MaximumLength * 3];
        var length = 0;
        foreach (var b in Span)
        {
            if (length > 0)
                text[length++] = ':';
            text[length++] = "0123456789abcdef"[b >> 4];
            text[length++] = "0123456789abcdef"[b & 15];
        }

        return text[..length].ToString();
    }

    /// <summary>Whether both have the same bytes.</summary>
    public static bool operator ==(LinkLayerAddress left, LinkLayerAddress right) => left.Equals(right);

    /// <summary>Whether their bytes differ.</summary>
    public static bool operator !=(LinkLayerAddress left, LinkLayerAddress right) => !left.Equals(right);

    /// <summary>From an attribute; what is longer than any address is malformed.</summary>
    internal static LinkLayerAddress Of(ReadOnlySpan<byte> payload)
    {
        if (payload.Length > MaximumLength)
            Throw.Format($"The address of a link has {payload.Length} bytes; the kernel's have {MaximumLength} at most.");
        return new LinkLayerAddress(payload);
    }

    [InlineArray(MaximumLength)]
    private struct Room
    {
        private byte _first;
    }
}
