using VffNetlink.Uapi;

namespace VffNetlink.Generic;

/// <summary>A family of generic netlink, as the kernel told.</summary>
/// <param name="Name">At most 15 bytes.</param>
/// <param name="Id">The message type of all of its messages; it may differ after the next start of the system, or of its module.</param>
/// <param name="Version">Of the family; requests bear it.</param>
public sealed record GenericFamily(string Name, ushort Id, byte Version)
{
    /// <summary>Bytes of the family's own header behind <see cref="genlmsghdr"/>; 0 for nearly all.</summary>
    public uint HeaderSize { get; init; }

    /// <summary>The highest attribute; 0 where operations differ in it.</summary>
    public uint MaximumAttribute { get; init; }

    /// <summary>What can be asked of it.</summary>
    public IReadOnlyList<GenericOperation> Operations { get; init; } = [];

    /// <summary>The groups that its events come by.</summary>
    public IReadOnlyList<GenericGroup> Groups { get; init; } = [];

    /// <summary>The number of a group, to join it with; null where the family has none of that name.</summary>
    public uint? FindGroup(string name) => Groups.FirstOrDefault(g => g.Name == name)?.Id;

    /// <summary>Puts <see cref="genlmsghdr"/> with the family's version, and opens the attributes behind it.</summary>
    /// <typeparam name="TAttr">The family's attributes, or those of the command.</typeparam>
    /// <param name="message">Begun with the type <see cref="Id"/>, alone or in a batch.</param>
    /// <param name="command">The family's number for what is asked.</param>
    /// <exception cref="InvalidOperationException">The message's buffer is full.</exception>
    public AttributeWriter<TAttr> PutHeader<TAttr>(MessageWriter message, byte command)
        where TAttr : unmanaged, Enum => message.PutHeader<genlmsghdr, TAttr>(new genlmsghdr { cmd = command, version = Version });

    /// <summary>Puts <see cref="genlmsghdr"/> and the family's own header, and opens the attributes behind them.</summary>
    /// <typeparam name="THeader">The family's header, of <see cref="HeaderSize"/> bytes.</typeparam>
    /// <typeparam name="TAttr">The family's attributes, or those of the command.</typeparam>
    /// <param name="message">Begun with the type <see cref="Id"/>, alone or in a batch.</param>
    /// <param name="command">The family's number for what is asked.</param>
    /// <param name="header">The family's header.</param>
    /// <exception cref="InvalidOperationException">The message's buffer is full.</exception>
    public AttributeWriter<TAttr> PutHeader<THeader, TAttr>(MessageWriter message, byte command, in THeader header)
        where THeader : unmanaged
        where TAttr : unmanaged, Enum
    {
        PutHeader<TAttr>(message, command);
        return message.PutHeader<THeader, TAttr>(header);
    }

    /// <summary>Reads a family out of <c>CTRL_CMD_NEWFAMILY</c> or <c>CTRL_CMD_DELFAMILY</c>.</summary>
    /// <exception cref="NetlinkFormatException">The message is malformed, or about something else.</exception>
    public static GenericFamily Read(scoped in NetlinkMessage message)
    {
        if (message.Type != (ushort)GENL_ID.GENL_ID_CTRL || (CTRL_CMD)message.ReadHeader<genlmsghdr>().cmd is not (CTRL_CMD.CTRL_CMD_NEWFAMILY or CTRL_CMD.CTRL_CMD_DELFAMILY))
            Throw.Format($"A message of type {message.Type} is not about a family of generic netlink.");
        var index = new AttributeIndex<CTRL_ATTR>(message.Attributes<genlmsghdr, CTRL_ATTR>().Rest);
        if (index.Text(CTRL_ATTR.CTRL_ATTR_FAMILY_NAME) is not { } name || index.UInt16(CTRL_ATTR.CTRL_ATTR_FAMILY_ID) is not { } id)
        {
            Throw.Format("A family of generic netlink has no name or no number.");
            return null!;
        }

        return new GenericFamily(name, id, (byte)(index.UInt32(CTRL_ATTR.CTRL_ATTR_VERSION) ?? 0))
        {
            HeaderSize = index.UInt32(CTRL_ATTR.CTRL_ATTR_HDRSIZE) ?? 0,
            MaximumAttribute = index.UInt32(CTRL_ATTR.CTRL_ATTR_MAXATTR) ?? 0,
            Operations = OperationsOf(index.Payload(CTRL_ATTR.CTRL_ATTR_OPS)),
            Groups = GroupsOf(index.Payload(CTRL_ATTR.CTRL_ATTR_MCAST_GROUPS)),
        };
    }

    private static List<GenericOperation> OperationsOf(ReadOnlySpan<byte> nest)
    {
        var list = new List<GenericOperation>();
        // An array: what numbers the entries is their place.
        foreach (var entry in new AttributeReader<CTRL_ATTR_OP>(nest))
        {
            var index = new AttributeIndex<CTRL_ATTR_OP>(entry.Payload);
            list.Add(new GenericOperation(index.UInt32(CTRL_ATTR_OP.CTRL_ATTR_OP_ID) ?? 0, (GENL)(index.UInt32(CTRL_ATTR_OP.CTRL_ATTR_OP_FLAGS) ?? 0)));
        }

        return list;
    }

    private static List<GenericGroup> GroupsOf(ReadOnlySpan<byte> nest)
    {
        var list = new List<GenericGroup>();
        foreach (var entry in new AttributeReader<CTRL_ATTR_MCAST_GRP>(nest))
        {
            var index = new AttributeIndex<CTRL_ATTR_MCAST_GRP>(entry.Payload);
            list.Add(new GenericGroup(index.Text(CTRL_ATTR_MCAST_GRP.CTRL_ATTR_MCAST_GRP_NAME) ?? "", index.UInt32(CTRL_ATTR_MCAST_GRP.CTRL_ATTR_MCAST_GRP_ID) ?? 0));
        }

        return list;
    }
}
