using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using VffNetlink.Uapi;

namespace VffNetlink;

/// <summary>A view of one attribute, valid as long as the message it is part of.</summary>
/// <typeparam name="TAttr">The attribute space.</typeparam>
/// <remarks>Readers of numbers want the exact length and throw <see cref="NetlinkFormatException"/> for any other.</remarks>
public readonly ref struct NetlinkAttribute<TAttr>
    where TAttr : unmanaged, Enum
{
    private readonly ushort _rawType;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal NetlinkAttribute(ushort rawType, ReadOnlySpan<byte> payload)
    {
        _rawType = rawType;
        Payload = payload;
    }

    /// <summary>The id; a number without a name is one that this library does not know.</summary>
    public TAttr Id => Unsafe.BitCast<ushort, TAttr>(Type);

    /// <summary>The number, without the flag bits.</summary>
    public ushort Type => (ushort)(_rawType & NLA.NLA_TYPE_MASK);

    /// <summary>The number as it was sent, flag bits and all.</summary>
    internal ushort RawType => _rawType;

    /// <summary>Whether the sender set <c>NLA_F_NESTED</c>; old families never do.</summary>
    public bool IsFlaggedNest => (_rawType & NLA.NLA_F_NESTED) != 0;

    /// <summary>The payload without padding.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>A byte.</summary>
    public byte ReadByte() => Exactly(1)[0];

    /// <summary>16 bits in the machine's byte order.</summary>
    public ushort ReadUInt16() => MemoryMarshal.Read<ushort>(Exactly(2));

    /// <summary>32 bits in the machine's byte order.</summary>
    public uint ReadUInt32() => MemoryMarshal.Read<uint>(Exactly(4));

    /// <summary>32 bits in the machine's byte order.</summary>
    public int ReadInt32() => MemoryMarshal.Read<int>(Exactly(4));

    /// <summary>64 bits in the machine's byte order.</summary>
    public ulong ReadUInt64() => MemoryMarshal.Read<ulong>(Exactly(8));

    /// <summary>16 bits in network byte order.</summary>
    public ushort ReadUInt16BigEndian() => BinaryPrimitives.ReadUInt16BigEndian(Exactly(2));

    /// <summary>32 bits in network byte order.</summary>
    public uint ReadUInt32BigEndian() => BinaryPrimitives.ReadUInt32BigEndian(Exactly(4));

    /// <summary>64 bits in network byte order.</summary>
    public ulong ReadUInt64BigEndian() => BinaryPrimitives.ReadUInt64BigEndian(Exactly(8));

    /// <summary>
    /// A fixed struct. A longer payload (a newer kernel's) is read as far as we know it, a shorter one (an older kernel's)
    /// leaves the rest zero.
    /// </summary>
    /// <param name="minimum">The length that every kernel sends; shorter is malformed. 0: the whole struct.</param>
    public T ReadStruct<T>(int minimum = 0)
        where T : unmanaged
    {
        var size = Unsafe.SizeOf<T>();
        if (Payload.Length < (minimum == 0 ? size : minimum))
            Throw.AttributeLength(Id.ToString(), Payload.Length, minimum == 0 ? size : minimum);
        if (Payload.Length >= size)
            return MemoryMarshal.Read<T>(Payload);
        var value = default(T);
        Payload.CopyTo(MemoryMarshal.AsBytes(new Span<T>(ref value)));
        return value;
    }

    /// <summary>The attributes inside.</summary>
    public AttributeReader<TChild> Nested<TChild>()
        where TChild : unmanaged, Enum => new(Payload);

    /// <summary>The string's bytes up to its first NUL or the payload's end: compare with <c>"htb"u8</c>.</summary>
    public ReadOnlySpan<byte> ReadUtf8()
    {
        var end = Payload.IndexOf((byte)0);
        return end < 0 ? Payload : Payload[..end];
    }

    /// <summary>The string up to its first NUL; bytes that are no UTF-8 become U+FFFD.</summary>
    public string ReadString() => Encoding.UTF8.GetString(ReadUtf8());

    private ReadOnlySpan<byte> Exactly(int length)
    {
        if (Payload.Length != length)
            Throw.AttributeLength(Id.ToString(), Payload.Length, length);
        return Payload;
    }
}
