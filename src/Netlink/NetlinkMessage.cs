using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VffNetlink.Uapi;

namespace VffNetlink;

/// <summary>A view of one received message. It is valid until its datagram's buffer is used again: until the reader moves on.</summary>
public readonly ref struct NetlinkMessage
{
    internal NetlinkMessage(scoped in nlmsghdr header, ReadOnlySpan<byte> payload)
    {
        Header = header;
        Payload = payload;
    }

    /// <summary>The header.</summary>
    public nlmsghdr Header { get; }

    /// <summary><c>nlmsg_type</c>.</summary>
    public ushort Type => Header.nlmsg_type;

    /// <summary><c>nlmsg_flags</c>.</summary>
    public NLM_F Flags => Header.nlmsg_flags;

    /// <summary>What follows the header: the family's header, then attributes.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>The family's fixed header.</summary>
    /// <exception cref="NetlinkFormatException">The message is too short for one.</exception>
    public T ReadHeader<T>()
        where T : unmanaged
    {
        if (Payload.Length < Unsafe.SizeOf<T>())
            Throw.Format($"A message of type {Type} has {Payload.Length} bytes behind its header; {typeof(T).Name} needs {Unsafe.SizeOf<T>()}.");
        return MemoryMarshal.Read<T>(Payload);
    }

    /// <summary>The attributes behind a family header of type <typeparamref name="THeader"/>.</summary>
    /// <exception cref="NetlinkFormatException">The message is too short for the header.</exception>
    public AttributeReader<TAttr> Attributes<THeader, TAttr>()
        where THeader : unmanaged
        where TAttr : unmanaged, Enum
    {
        var size = Unsafe.SizeOf<THeader>();
        if (Payload.Length < size)
            Throw.Format($"A message of type {Type} has {Payload.Length} bytes behind its header; {typeof(THeader).Name} needs {size}.");
        // A header that ends the message needs no padding behind it.
        return new AttributeReader<TAttr>(Payload[Math.Min((size + 3) & ~3, Payload.Length)..]);
    }
}
