using VffNetlink.Nftables.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Nftables;

/// <summary>A rule: expressions that run one after the other until one does not match or decides about the packet.</summary>
public sealed record NftRule
{
    /// <summary>The table's family.</summary>
    public required NftFamily Family { get; init; }

    /// <summary>The table.</summary>
    public required string Table { get; init; }

    /// <summary>The chain.</summary>
    public required string Chain { get; init; }

    /// <summary>What it does, in order; at most 128.</summary>
    public IReadOnlyList<NftExpression> Expressions { get; init; } = [];

    /// <summary>The kernel's number of it, which replacing and deleting name it by; 0 on one that was not read from the kernel.</summary>
    public ulong Handle { get; init; }

    /// <summary>On a rule to be added the handle of the rule that it goes behind (appended) or before (inserted); on one that was read, of the rule before it. 0: none.</summary>
    public ulong Position { get; init; }

    /// <summary>What user space keeps with it.</summary>
    public NftUserData UserData { get; init; }

    /// <summary>The comment that <c>nft list</c> shows; null where there is none. Part of <see cref="UserData"/>.</summary>
    public string? Comment
    {
        get => UserData.GetString(NftUserData.CommentType);
        init => UserData = UserData.WithString(NftUserData.CommentType, value);
    }

    /// <summary>All attributes as the kernel sent them, for those that this library does not know; a walk with <c>AttributeReader&lt;NFTA_RULE&gt;</c> finds them.</summary>
    public ReadOnlyMemory<byte> Attributes { get; init; }

    /// <summary>Bytes that its message takes, at most.</summary>
    internal int Room
    {
        get
        {
            var room = 2048;
            for (var i = 0; i < Expressions.Count; i++)
                room += Expressions[i].Room;
            return room;
        }
    }

    /// <summary>Reads a rule out of an <c>NFT_MSG_NEWRULE</c> or <c>NFT_MSG_DELRULE</c>.</summary>
    /// <exception cref="NetlinkFormatException">The message is malformed.</exception>
    public static NftRule Read(scoped in NetlinkMessage message)
    {
        var family = message.ReadHeader<nfgenmsg>().nfgen_family;
        var attributes = message.Attributes<nfgenmsg, NFTA_RULE>();
        var rule = new NftRule { Family = (NftFamily)family, Table = "", Chain = "", Attributes = attributes.Rest.ToArray() };
        foreach (var a in attributes)
        {
            rule = a.Id switch
            {
                NFTA_RULE.NFTA_RULE_TABLE => rule with { Table = a.ReadString() },
                NFTA_RULE.NFTA_RULE_CHAIN => rule with { Chain = a.ReadString() },
                NFTA_RULE.NFTA_RULE_HANDLE => rule with { Handle = a.ReadUInt64BigEndian() },
                NFTA_RULE.NFTA_RULE_EXPRESSIONS => rule with { Expressions = NftExpression.ReadList(a.Nested<NFTA_LIST>()) },
                NFTA_RULE.NFTA_RULE_POSITION => rule with { Position = a.ReadUInt64BigEndian() },
                NFTA_RULE.NFTA_RULE_USERDATA => rule with { UserData = NftUserData.Read(a) },
                _ => rule,
            };
        }

        return rule;
    }

    /// <summary>Puts what makes this rule: header, names, expressions, user data. The handle and the position are the transaction's business.</summary>
    /// <exception cref="ArgumentException">A name is none.</exception>
    public void Write(MessageWriter message) => Write(message, handle: 0, position: 0);

    /// <summary>Whether both do the same, with the same user data, in the same chain.</summary>
    /// <exception cref="NetlinkFormatException">An expression that was read makes no sense.</exception>
    public bool Matches(NftRule other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Family != other.Family || Table != other.Table || Chain != other.Chain || UserData != other.UserData || Expressions.Count != other.Expressions.Count)
            return false;
        for (var i = 0; i < Expressions.Count; i++)
        {
            if (!Expressions[i].Matches(other.Expressions[i]))
                return false;
        }

        return true;
    }

    internal void Write(MessageWriter message, ulong handle, ulong position)
    {
        var attributes = message.PutHeader<nfgenmsg, NFTA_RULE>(new nfgenmsg { nfgen_family = (byte)Family });
        NftName.Put(attributes, NFTA_RULE.NFTA_RULE_TABLE, Table, "table");
        NftName.Put(attributes, NFTA_RULE.NFTA_RULE_CHAIN, Chain, "chain");
        if (handle != 0)
            attributes.PutBigEndian(NFTA_RULE.NFTA_RULE_HANDLE, handle);
        using (var list = attributes.NestFlagged<NFTA_LIST>(NFTA_RULE.NFTA_RULE_EXPRESSIONS))
        {
            for (var i = 0; i < Expressions.Count; i++)
                Expressions[i].Put(list, NFTA_LIST.NFTA_LIST_ELEM);
        }

        if (position != 0)
            attributes.PutBigEndian(NFTA_RULE.NFTA_RULE_POSITION, position);
        UserData.Put(attributes, NFTA_RULE.NFTA_RULE_USERDATA);
    }
}
