using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VffNetlink.Uapi;

namespace VffNetlink;

/// <summary>
/// Builds a <see cref="PreparedMessage"/>. What is to change later is put by the methods here, which return its slot; all the rest by the
/// <see cref="AttributeWriter{TAttr}"/> as in any message.
/// </summary>
public sealed class PreparedMessageBuilder
{
    private const int AttributeHeader = 4;

    private readonly byte[] _buffer;
    private readonly PreparedMessage _prepared = new();
    private readonly List<(int Offset, uint Header)> _slots = [];
    private bool _built;

    /// <summary>Starts a message.</summary>
    /// <param name="type"><c>nlmsg_type</c>.</param>
    /// <param name="flags"><c>nlmsg_flags</c>; <c>NLM_F_REQUEST</c> is added.</param>
    /// <param name="capacity">Bytes that it has room for.</param>
    public PreparedMessageBuilder(ushort type, NLM_F flags, int capacity = 4096)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, MessageWriter.HeaderSize);
        _buffer = new byte[capacity];
        MessageWriter.Begin(_buffer, type, flags | NLM_F.NLM_F_REQUEST);
    }

    private int Length => MemoryMarshal.Read<int>(_buffer);

    /// <summary>Puts the family's fixed header and opens its attributes.</summary>
    /// <typeparam name="THeader">The header's struct.</typeparam>
    /// <typeparam name="TAttr">The attribute space behind it.</typeparam>
    /// <param name="header">Its values to begin with.</param>
    /// <param name="attributes">What to put the attributes with.</param>
    /// <exception cref="InvalidOperationException">The message has a header already, was built, or the buffer is full.</exception>
    public Slot<THeader> PutHeader<THeader, TAttr>(in THeader header, out AttributeWriter<TAttr> attributes)
        where THeader : unmanaged
        where TAttr : unmanaged, Enum
    {
        ThrowIfBuilt();
        if (Length != MessageWriter.HeaderSize)
            throw new InvalidOperationException("The message has a header already.");
        attributes = MessageWriter.Continue(_buffer).PutHeader<THeader, TAttr>(header);
        return new Slot<THeader>(_prepared, MessageWriter.HeaderSize);
    }

    /// <summary>Puts an attribute whose payload is a number in the machine's byte order, or a struct.</summary>
    /// <param name="attributes">This message's.</param>
    /// <param name="id">The attribute.</param>
    /// <param name="value">To begin with.</param>
    /// <exception cref="ArgumentException">The writer is another message's.</exception>
    /// <exception cref="InvalidOperationException">The message was built, or the buffer is full.</exception>
    public Slot<T> Put<TAttr, T>(AttributeWriter<TAttr> attributes, TAttr id, in T value)
        where TAttr : unmanaged, Enum
        where T : unmanaged
    {
        var offset = Place(attributes);
        attributes.PutStruct(id, value);
        return new Slot<T>(_prepared, Remember(offset));
    }

    /// <summary>Puts an attribute whose payload is 16 bits in network byte order.</summary>
    /// <inheritdoc cref="Put{TAttr, T}(AttributeWriter{TAttr}, TAttr, in T)"/>
    public BigEndianSlot<ushort> PutBigEndian<TAttr>(AttributeWriter<TAttr> attributes, TAttr id, ushort value)
        where TAttr : unmanaged, Enum
    {
        var offset = Place(attributes);
        attributes.PutBigEndian(id, value);
        return new(new(_prepared, Remember(offset)));
    }

    /// <summary>Puts an attribute whose payload is 32 bits in network byte order.</summary>
    /// <inheritdoc cref="Put{TAttr, T}(AttributeWriter{TAttr}, TAttr, in T)"/>
    public BigEndianSlot<uint> PutBigEndian<TAttr>(AttributeWriter<TAttr> attributes, TAttr id, uint value)
        where TAttr : unmanaged, Enum
    {
        var offset = Place(attributes);
        attributes.PutBigEndian(id, value);
        return new(new(_prepared, Remember(offset)));
    }

    /// <summary>Puts an attribute whose payload is 64 bits in network byte order.</summary>
    /// <inheritdoc cref="Put{TAttr, T}(AttributeWriter{TAttr}, TAttr, in T)"/>
    public BigEndianSlot<ulong> PutBigEndian<TAttr>(AttributeWriter<TAttr> attributes, TAttr id, ulong value)
        where TAttr : unmanaged, Enum
    {
        var offset = Place(attributes);
        attributes.PutBigEndian(id, value);
        return new(new(_prepared, Remember(offset)));
    }

    /// <summary>Puts an attribute whose payload is an address, and will be one of that family.</summary>
    /// <inheritdoc cref="Put{TAttr, T}(AttributeWriter{TAttr}, TAttr, in T)"/>
    public AddressSlot PutAddress<TAttr>(AttributeWriter<TAttr> attributes, TAttr id, in InetAddress value)
        where TAttr : unmanaged, Enum
    {
        if (value.Length == 0)
            throw new ArgumentException("The default value is no address.", nameof(value));
        return new(PutBytes(attributes, id, value.AsSpan()));
    }

    /// <summary>Puts an attribute whose payload is bytes, and will be as many.</summary>
    /// <inheritdoc cref="Put{TAttr, T}(AttributeWriter{TAttr}, TAttr, in T)"/>
    public BytesSlot PutBytes<TAttr>(AttributeWriter<TAttr> attributes, TAttr id, scoped ReadOnlySpan<byte> value)
        where TAttr : unmanaged, Enum
    {
        var offset = Place(attributes);
        attributes.Put(id, value);
        return new BytesSlot(_prepared, Remember(offset), value.Length);
    }

    /// <summary>The finished message. Every nest must be closed. Writers of this message are of no use from now on.</summary>
    /// <exception cref="InvalidOperationException">It was built already, or an attribute with a slot was taken back (<see cref="AttributeWriter{TAttr}.Rewind"/>).</exception>
    public PreparedMessage Build()
    {
        ThrowIfBuilt();
        foreach (var (offset, header) in _slots)
        {
            if (offset >= Length || MemoryMarshal.Read<uint>(_buffer.AsSpan(offset)) != header)
                throw new InvalidOperationException("An attribute that has a slot was taken back.");
        }

        _built = true;
        _prepared.Complete(_buffer.AsSpan(0, Length));
        return _prepared;
    }

    /// <summary>Where the next attribute starts.</summary>
    private int Place<TAttr>(AttributeWriter<TAttr> attributes)
        where TAttr : unmanaged, Enum
    {
        ThrowIfBuilt();
        if (!attributes.WritesTo(ref MemoryMarshal.GetArrayDataReference(_buffer)))
            throw new ArgumentException("The attributes are another message's.", nameof(attributes));
        return Length;
    }

    /// <summary>Keeps the attribute's header for <see cref="Build"/>. Returns where its payload starts.</summary>
    private int Remember(int offset)
    {
        _slots.Add((offset, MemoryMarshal.Read<uint>(_buffer.AsSpan(offset))));
        return offset + AttributeHeader;
    }

    private void ThrowIfBuilt()
    {
        if (_built)
            throw new InvalidOperationException("The message is built; what it holds is changed by its slots.");
    }
}
