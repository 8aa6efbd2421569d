using VffNetlink.Nftables.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Nftables;

/// <summary>A chain of rules: a base chain is hooked in and sees packets by itself, a regular one only what is sent to it.</summary>
public sealed record NftChain
{
    /// <summary>The table's family.</summary>
    public required NftFamily Family { get; init; }

    /// <summary>The table.</summary>
    public required string Table { get; init; }

    /// <summary>The name, at most 255 bytes.</summary>
    public required string Name { get; init; }

    /// <summary>Where it is hooked in; null for a regular chain.</summary>
    public NftHook? Hook { get; init; }

    /// <summary>What happens to packets that reach the end of a base chain: NF_ACCEPT or NF_DROP; null: the kernel's default, which is to accept.</summary>
    public NFT_VERDICT? Policy { get; init; }

    /// <summary>Flags; NFT_CHAIN_BASE is what a hook makes it.</summary>
    public NFT_CHAIN Flags { get; init; }

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

    /// <summary>Its rules and the jumps to it, as the kernel reported.</summary>
    public uint Use { get; init; }

    /// <summary>What its policy met so far; null where that is not counted.</summary>
    public CounterExpression? Counters { get; init; }

    /// <summary>All attributes as the kernel sent them, for those that this library does not know; a walk with <c>AttributeReader&lt;NFTA_CHAIN&gt;</c> finds them.</summary>
    public ReadOnlyMemory<byte> Attributes { get; init; }

    /// <summary>Bytes that its message takes, at most.</summary>
    internal int Room => 2048 + (Hook?.Devices.Count ?? 0) * 24;

    /// <summary>Reads a chain out of an <c>NFT_MSG_NEWCHAIN</c> or <c>NFT_MSG_DELCHAIN</c>.</summary>
    /// <exception cref="NetlinkFormatException">The message is malformed.</exception>
    public static NftChain Read(scoped in NetlinkMessage message)
    {
        var family = message.ReadHeader<nfgenmsg>().nfgen_family;
        var attributes = message.Attributes<nfgenmsg, NFTA_CHAIN>();
        var chain = new NftChain { Family = (NftFamily)family, Table = "", Name = "", Attributes = attributes.Rest.ToArray() };
        var type = attributes.TryFind(NFTA_CHAIN.NFTA_CHAIN_TYPE, out var named) ? named.ReadString() : "";
        foreach (var a in attributes)
        {
            chain = a.Id switch
            {
                NFTA_CHAIN.NFTA_CHAIN_TABLE => chain with { Table = a.ReadString() },
                NFTA_CHAIN.NFTA_CHAIN_NAME => chain with { Name = a.ReadString() },
                NFTA_CHAIN.NFTA_CHAIN_HANDLE => chain with { Handle = a.ReadUInt64BigEndian() },
                NFTA_CHAIN.NFTA_CHAIN_HOOK => chain with { Hook = NftHook.Read(a.Nested<NFTA_HOOK>(), type) },
                NFTA_CHAIN.NFTA_CHAIN_POLICY => chain with { Policy = (NFT_VERDICT)(int)a.ReadUInt32BigEndian() },
                NFTA_CHAIN.NFTA_CHAIN_USE => chain with { Use = a.ReadUInt32BigEndian() },
                NFTA_CHAIN.NFTA_CHAIN_COUNTERS => chain with { Counters = CounterExpression.Read(a.Payload) },
                NFTA_CHAIN.NFTA_CHAIN_FLAGS => chain with { Flags = (NFT_CHAIN)a.ReadUInt32BigEndian() },
                NFTA_CHAIN.NFTA_CHAIN_USERDATA => chain with { UserData = NftUserData.Read(a) },
                _ => chain,
            };
        }

        return chain;
    }

    /// <summary>Puts what makes this chain: header, names, type, policy, hook, flags, user data.</summary>
    /// <exception cref="ArgumentException">A name is none.</exception>
    public void Write(MessageWriter message)
    {
        var attributes = message.PutHeader<nfgenmsg, NFTA_CHAIN>(new nfgenmsg { nfgen_family = (byte)Family });
        NftName.Put(attributes, NFTA_CHAIN.NFTA_CHAIN_TABLE, Table, "table");
        NftName.Put(attributes, NFTA_CHAIN.NFTA_CHAIN_NAME, Name, "chain");
        if (Hook is not null)
            NftName.Put(attributes, NFTA_CHAIN.NFTA_CHAIN_TYPE, Hook.Type, "chain type");
        if (Policy is { } policy)
            attributes.PutBigEndian(NFTA_CHAIN.NFTA_CHAIN_POLICY, (uint)(int)policy);
        Hook?.Put(attributes);
        if ((Flags & ~NFT_CHAIN.NFT_CHAIN_BASE) is not NFT_CHAIN.NONE and var flags)
            attributes.PutBigEndian(NFTA_CHAIN.NFTA_CHAIN_FLAGS, (uint)flags);
        UserData.Put(attributes, NFTA_CHAIN.NFTA_CHAIN_USERDATA);
    }

    /// <summary>Whether both are the same definition: same place, policy, flags and user data, whatever the kernel added.</summary>
    public bool Matches(NftChain other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Family == other.Family && Table == other.Table && Name == other.Name && UserData == other.UserData
            && (Policy ?? NFT_VERDICT.NF_ACCEPT) == (other.Policy ?? NFT_VERDICT.NF_ACCEPT)
            && (Flags | NFT_CHAIN.NFT_CHAIN_BASE) == (other.Flags | NFT_CHAIN.NFT_CHAIN_BASE)
            && (Hook is null ? other.Hook is null : other.Hook is not null && Hook.Matches(other.Hook));
    }
}
