using VffNetlink.Nftables.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Nftables;

/// <summary>A table: the container of chains, sets and objects, and the unit of removal.</summary>
public sealed record NftTable
{
    /// <summary>The family; the same name in another family is another table.</summary>
    public required NftFamily Family { get; init; }

    /// <summary>The name, at most 255 bytes.</summary>
    public required string Name { get; init; }

    /// <summary>Dormant, owned, persistent.</summary>
    public NFT_TABLE_F Flags { get; init; }

    /// <summary>What user space keeps with it.</summary>
    public NftUserData UserData { get; init; }

    /// <summary>The comment that <c>nft list</c> shows; null where there is none. Part of <see cref="UserData"/>.</summary>
    public string? Comment
    {
        get => UserData.GetString(NftUserData.CommentType);
        init => UserData = UserData.WithString(NftUserData.CommentType, value);
    }

    /// <summary>The kernel's number of it; 0 on one that was not read from the kernel.</summary>
    public ulong Handle { get; init; }

    /// <summary>Chains, sets and objects in it, as the kernel reported.</summary>
    public uint Use { get; init; }

    /// <summary>The port of the socket that owns it; 0 where none does.</summary>
    public uint Owner { get; init; }

    /// <summary>All attributes as the kernel sent them, for those that this library does not know; a walk with <c>AttributeReader&lt;NFTA_TABLE&gt;</c> finds them.</summary>
    public ReadOnlyMemory<byte> Attributes { get; init; }

    /// <summary>Reads a table out of an <c>NFT_MSG_NEWTABLE</c> or <c>NFT_MSG_DELTABLE</c>.</summary>
    /// <exception cref="NetlinkFormatException">The message is malformed.</exception>
    public static NftTable Read(scoped in NetlinkMessage message)
    {
        var family = message.ReadHeader<nfgenmsg>().nfgen_family;
        var attributes = message.Attributes<nfgenmsg, NFTA_TABLE>();
        var table = new NftTable { Family = (NftFamily)family, Name = "", Attributes = attributes.Rest.ToArray() };
        foreach (var a in attributes)
        {
            table = a.Id switch
            {
                NFTA_TABLE.NFTA_TABLE_NAME => table with { Name = a.ReadString() },
                NFTA_TABLE.NFTA_TABLE_FLAGS => table with { Flags = (NFT_TABLE_F)a.ReadUInt32BigEndian() },
                NFTA_TABLE.NFTA_TABLE_USE => table with { Use = a.ReadUInt32BigEndian() },
                NFTA_TABLE.NFTA_TABLE_HANDLE => table with { Handle = a.ReadUInt64BigEndian() },
                NFTA_TABLE.NFTA_TABLE_USERDATA => table with { UserData = NftUserData.Read(a) },
                NFTA_TABLE.NFTA_TABLE_OWNER => table with { Owner = a.ReadUInt32BigEndian() },
                _ => table,
            };
        }

        return table;
    }

    /// <summary>Puts what makes this table: header, name, flags, user data.</summary>
    /// <exception cref="ArgumentException">The name is none.</exception>
    public void Write(MessageWriter message)
    {
        var attributes = message.PutHeader<nfgenmsg, NFTA_TABLE>(new nfgenmsg { nfgen_family = (byte)Family });
        NftName.Put(attributes, NFTA_TABLE.NFTA_TABLE_NAME, Name, "table");
        attributes.PutBigEndian(NFTA_TABLE.NFTA_TABLE_FLAGS, (uint)Flags);
        UserData.Put(attributes, NFTA_TABLE.NFTA_TABLE_USERDATA);
    }
}
