using System.Buffers.Binary;
using System.Text;
using VffNetlink.Nftables.Uapi;

namespace VffNetlink.Nftables;

/// <summary>
/// A constant in an expression: up to 64 bytes as they stand in a register, or a verdict. Values compare by content. The byte
/// order is the register's, which is that of what is compared with it: host order for marks, priorities and indices, network
/// order for what comes out of a packet.
/// </summary>
public readonly struct NftData : IEquatable<NftData>
{
    /// <summary>NFT_DATA_VALUE_MAXLEN.</summary>
    public const int MaximumLength = 64;

    private const int NameLength = 16;

    private readonly byte[]? _bytes;

    /// <summary>Bytes, which are copied.</summary>
    /// <exception cref="ArgumentException">There are none, or more than 64.</exception>
    public NftData(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is 0 or > MaximumLength)
            throw new ArgumentException($"A value in a register has 1 to {MaximumLength} bytes, not {bytes.Length}.", nameof(bytes));
        _bytes = bytes.ToArray();
    }

    /// <summary>A verdict.</summary>
    public NftData(NftVerdict verdict) => Verdict = verdict;

    /// <summary>The verdict; null where these are bytes.</summary>
    public NftVerdict? Verdict { get; }

    /// <summary>The bytes; empty for a verdict.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>One byte, such as a protocol.</summary>
    public static NftData Byte(byte value) => new([value]);

    /// <summary>16 bits in network order, such as a port or an ethertype.</summary>
    public static NftData UInt16BigEndian(ushort value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        return new NftData(bytes);
    }

    /// <summary>32 bits in the machine's order, such as a mark, a class or an index.</summary>
    public static NftData UInt32(uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BitConverter.TryWriteBytes(bytes, value);
        return new NftData(bytes);
    }

    /// <summary>An address in network order.</summary>
    public static NftData Address(InetAddress address) => new(address.AsSpan());

    /// <summary>A device's whole name, as <c>iifname</c> and <c>oifname</c> have it: 16 bytes, padded with zeros.</summary>
    /// <exception cref="ArgumentException">It is empty or longer than 15 bytes.</exception>
    public static NftData DeviceName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Span<byte> bytes = stackalloc byte[NameLength];
        if (name.Length == 0 || !Encoding.UTF8.TryGetBytes(name, bytes[..NftName.DeviceMaximum], out _))
            throw new ArgumentException($"\"{name}\" is no name of a device: it has 1 to {NftName.DeviceMaximum} bytes.", nameof(name));
        return new NftData(bytes);
    }

    /// <inheritdoc/>
    public bool Equals(NftData other) => Verdict == other.Verdict && Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is NftData other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Verdict);
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>Whether both are the same.</summary>
    public static bool operator ==(NftData left, NftData right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(NftData left, NftData right) => !left.Equals(right);

    /// <summary>The bytes in hexadecimal, in memory order, or the verdict.</summary>
    public override string ToString() => Verdict is { } verdict ? verdict.ToString() : "0x" + Convert.ToHexStringLower(Bytes);

    internal void Put<TAttr>(AttributeWriter<TAttr> attributes, TAttr id)
        where TAttr : unmanaged, Enum
    {
        using var data = attributes.NestFlagged<NFTA_DATA>(id);
        if (Verdict is { } verdict)
            verdict.Put(data, NFTA_DATA.NFTA_DATA_VERDICT);
        else
            data.Put(NFTA_DATA.NFTA_DATA_VALUE, Bytes);
    }

    /// <exception cref="NetlinkFormatException">There are more than 64 bytes.</exception>
    internal static NftData Read(AttributeReader<NFTA_DATA> attributes)
    {
        var data = default(NftData);
        foreach (var a in attributes)
        {
            data = a.Id switch
            {
                NFTA_DATA.NFTA_DATA_VALUE when a.Payload.Length is > 0 and <= MaximumLength => new NftData(a.Payload),
                NFTA_DATA.NFTA_DATA_VALUE => throw new NetlinkFormatException($"A value in a register has 1 to {MaximumLength} bytes, not {a.Payload.Length}."),
                NFTA_DATA.NFTA_DATA_VERDICT => new NftData(NftVerdict.Read(a.Nested<NFTA_VERDICT>())),
                _ => data,
            };
        }

        return data;
    }
}
