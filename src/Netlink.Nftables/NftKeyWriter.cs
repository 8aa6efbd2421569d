using System.Buffers.Binary;

namespace VffNetlink.Nftables;

/// <summary>
/// Puts the parts of a key side by side as they stand in the registers, each padded with zeros to whole words of 4 bytes. Allocates
/// nothing. For keys of several parts: a key of one part has no padding, so it is its bytes alone.
/// </summary>
/// <remarks>
/// <code>
/// Span&lt;byte&gt; key = stackalloc byte[NftKeyWriter.MaximumLength];
/// var flow = new NftKeyWriter(key);
/// flow.Put(source);
/// flow.Put(destination);
/// flow.Put(protocol);
/// flow.PutBigEndian(sourcePort);
/// flow.PutBigEndian(destinationPort);
/// transaction.AddElement(set, new NftElementView { Key = flow.Key, Data = classId });
/// </code>
/// </remarks>
public ref struct NftKeyWriter
{
    /// <summary>Bytes that fit into the registers.</summary>
    public const int MaximumLength = NftData.MaximumLength;

    private readonly Span<byte> _buffer;
    private int _length;

    /// <summary>Writes to the start of <paramref name="buffer"/>.</summary>
    public NftKeyWriter(Span<byte> buffer) => _buffer = buffer;

    /// <summary>The key so far.</summary>
    public readonly ReadOnlySpan<byte> Key => _buffer[.._length];

    /// <summary>An address: 4 or 16 bytes.</summary>
    public void Put(InetAddress address) => Put(address.AsSpan());

    /// <summary>One byte.</summary>
    public void Put(byte value) => Reserve(sizeof(byte))[0] = value;

    /// <summary>A protocol: one byte.</summary>
    public void Put(IpProtocol protocol) => Put((byte)protocol);

    /// <summary>32 bits in the machine's order: a mark, a class, an index.</summary>
    public void Put(uint value) => BitConverter.TryWriteBytes(Reserve(sizeof(uint)), value);

    /// <summary>16 bits in network order: a port.</summary>
    public void PutBigEndian(ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Reserve(sizeof(ushort)), value);

    /// <summary>Bytes as they are.</summary>
    public void Put(scoped ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    private Span<byte> Reserve(int length)
    {
        var padded = (length + 3) & ~3;
        if (_buffer.Length - _length < padded)
            throw new InvalidOperationException($"The key needs {padded} more bytes and its buffer has {_buffer.Length - _length} left.");
        var room = _buffer.Slice(_length, padded);
        _length += padded;
        room.Clear();
        return room[..length];
    }
}
