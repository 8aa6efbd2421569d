using VffNetlink.Uapi;

namespace VffNetlink.Fuzzing;

/// <summary>Reads all that a message has to say; <see cref="NetlinkFormatException"/> is how it may refuse.</summary>
internal delegate void MessageReading(scoped in NetlinkMessage message);

/// <summary>Reads all that a payload has to say; <see cref="NetlinkFormatException"/> is how it may refuse.</summary>
internal delegate void PayloadReading(ReadOnlySpan<byte> payload);

/// <summary>Reads a datagram, whatever is in it; nothing is how it may refuse.</summary>
internal delegate void DatagramReading(ReadOnlySpan<byte> datagram);

/// <summary>Makes the header of a whole message one that its reader goes on behind.</summary>
internal delegate void MessageDressing(Span<byte> message);

/// <summary>One reader that is fuzzed: what it reads, and the names of what that is made of.</summary>
internal sealed class FuzzTarget
{
    /// <summary>The type of payloads that are in no message; no reader looks at it.</summary>
    private const ushort PayloadType = 0x7ff0;

    private FuzzTarget(Type reader, string name, NETLINK protocol, ushort[] types, AttributeSpace space, MessageReading read)
    {
        (Reader, Name, Protocol, Types, Space, Read) = (reader, name, protocol, types, space, read);
    }

    /// <summary>The type whose reader it is.</summary>
    public Type Reader { get; }

    /// <summary>What tables and faults call it.</summary>
    public string Name { get; }

    /// <summary>The family of families whose messages it reads.</summary>
    public NETLINK Protocol { get; }

    /// <summary><c>nlmsg_type</c> of what it reads.</summary>
    public ushort[] Types { get; }

    /// <summary>What stands behind the <c>nlmsghdr</c>.</summary>
    public AttributeSpace Space { get; }

    /// <summary>The reader.</summary>
    public MessageReading Read { get; }

    /// <summary>The reader of one that reads whole datagrams and refuses none; null for others.</summary>
    public DatagramReading? ReadDatagram { get; private init; }

    /// <summary>Whether the reader itself reads what depends on a kind's name; else the kind has a reader of its own.</summary>
    public bool IsThroughKinds => ReadDatagram is not null;

    /// <summary>Whether it reads payloads, such as a kind's options, and no messages.</summary>
    public bool IsPayload => Types is [PayloadType];

    /// <summary>Changes the header of a message that is made for it; null: any header will do.</summary>
    public MessageDressing? Dress { get; private init; }

    /// <summary>Messages that stand in for captures where there are none, with what the reader insists on.</summary>
    public IReadOnlyList<byte[]> Examples { get; private init; } = [];

    /// <summary>The same reader under another name, which goes on behind some headers alone.</summary>
    public FuzzTarget As(string name, MessageDressing dress) => new(Reader, name, Protocol, Types, Space, Read) { Dress = dress };

    /// <summary>The same reader with messages that stand in for captures.</summary>
    public FuzzTarget With(params IReadOnlyList<byte[]> examples) => new(Reader, Name, Protocol, Types, Space, Read) { Dress = Dress, Examples = examples };

    /// <summary>A reader of messages.</summary>
    /// <param name="reader">The type that reads.</param>
    /// <param name="protocol">The family of families.</param>
    /// <param name="space">Of the messages.</param>
    /// <param name="read">Reads everything, what is read late included.</param>
    /// <param name="types"><c>nlmsg_type</c>.</param>
    public static FuzzTarget OfMessages(Type reader, NETLINK protocol, AttributeSpace space, MessageReading read, params ushort[] types) =>
        new(reader, reader.Name, protocol, types, space, read);

    /// <summary>A reader of messages of rtnetlink.</summary>
    public static FuzzTarget OfRoute<TType>(Type reader, AttributeSpace space, MessageReading read, params TType[] types)
        where TType : unmanaged, Enum => OfMessages(reader, NETLINK.NETLINK_ROUTE, space, read, [.. types.Select(static t => Convert.ToUInt16(t, null))]);

    /// <summary>A reader of messages of a part of nfnetlink, whose names its library's catalogue has.</summary>
    public static FuzzTarget OfNetfilter<TType>(Type reader, NFNL_SUBSYS subsystem, MessageReading read, params TType[] types)
        where TType : unmanaged, Enum
    {
        ushort[] numbers = [.. types.Select(t => (ushort)(((int)subsystem << 8) | Convert.ToByte(t, null)))];
        return OfMessages(reader, NETLINK.NETLINK_NETFILTER, FuzzSuite.Catalog.SpaceOf(NETLINK.NETLINK_NETFILTER, numbers[0])!, read, numbers);
    }

    /// <summary>A reader of payloads: of what stands inside an attribute.</summary>
    /// <param name="reader">The type that reads.</param>
    /// <param name="space">Of the payload; null: nobody knows what is in it.</param>
    /// <param name="read">Reads everything.</param>
    /// <param name="member">Tells readers of one type apart.</param>
    public static FuzzTarget OfPayload(Type reader, AttributeSpace? space, PayloadReading read, string? member = null) =>
        new(reader, member is null ? reader.Name : $"{reader.Name}.{member}", NETLINK.NETLINK_ROUTE, [PayloadType], space ?? AttributeSpace.Of<Nameless>(), (scoped in message) => read(message.Payload));

    /// <summary>A reader of all messages that there are, here of those of one space.</summary>
    /// <param name="reader">The type that reads.</param>
    /// <param name="name">The name of one of the messages.</param>
    /// <param name="protocol">The family of families.</param>
    /// <param name="space">Of the messages.</param>
    /// <param name="types"><c>nlmsg_type</c>.</param>
    /// <param name="read">Must not throw.</param>
    public static FuzzTarget OfDatagrams(Type reader, string name, NETLINK protocol, AttributeSpace space, ushort[] types, DatagramReading read) =>
        new(reader, $"{reader.Name}({name})", protocol, types, space, static (scoped in _) => { }) { ReadDatagram = read };

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Attributes without names.</summary>
    private enum Nameless : ushort;
}
