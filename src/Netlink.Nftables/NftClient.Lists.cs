using VffNetlink.Nftables.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Nftables;

public sealed partial class NftClient
{
    /// <summary>The tables of a family, or of all.</summary>
    /// <exception cref="NetlinkException">The kernel refused, or the ruleset changed during each of several dumps.</exception>
    public IReadOnlyList<NftTable> GetTables(NftFamily family = NftFamily.Unspecified)
    {
        Span<byte> buffer = stackalloc byte[RequestRoom];
        var message = BeginGet(buffer, NFT_MSG.NFT_MSG_GETTABLE, dump: true);
        PutHeader<NFTA_TABLE>(message, family);
        return Dump(message.Message, static (scoped in NetlinkMessage m) => NftTable.Read(m));
    }

    /// <summary>A table; null where there is none.</summary>
    /// <exception cref="NetlinkException">The kernel refused for another reason.</exception>
    public NftTable? FindTable(NftFamily family, string name)
    {
        Span<byte> buffer = stackalloc byte[RequestRoom];
        var message = BeginGet(buffer, NFT_MSG.NFT_MSG_GETTABLE, dump: false);
        NftName.Put(PutHeader<NFTA_TABLE>(message, family), NFTA_TABLE.NFTA_TABLE_NAME, name, "table");
        return Find(message.Message, static (scoped in NetlinkMessage m) => NftTable.Read(m));
    }

    /// <summary>The chains of a family, or of all; of one table where it is named.</summary>
    /// <exception cref="NetlinkException">The kernel refused, or the ruleset changed during each of several dumps.</exception>
    public IReadOnlyList<NftChain> GetChains(NftFamily family = NftFamily.Unspecified, string? table = null)
    {
        Span<byte> buffer = stackalloc byte[RequestRoom];
        var message = BeginGet(buffer, NFT_MSG.NFT_MSG_GETCHAIN, dump: true);
        PutHeader<NFTA_CHAIN>(message, family);
        // Of chains the kernel always dumps all tables.
        var chains = Dump(message.Message, static (scoped in NetlinkMessage m) => NftChain.Read(m));
        if (table is not null)
            chains.RemoveAll(c => c.Table != table);
        return chains;
    }

    /// <summary>A chain; null where there is none, or no such table.</summary>
    /// <exception cref="NetlinkException">The kernel refused for another reason.</exception>
    public NftChain? FindChain(NftFamily family, string table, string name)
    {
        Span<byte> buffer = stackalloc byte[RequestRoom];
        var message = BeginGet(buffer, NFT_MSG.NFT_MSG_GETCHAIN, dump: false);
        var attributes = PutHeader<NFTA_CHAIN>(message, family);
        NftName.Put(attributes, NFTA_CHAIN.NFTA_CHAIN_TABLE, table, "table");
        NftName.Put(attributes, NFTA_CHAIN.NFTA_CHAIN_NAME, name, "chain");
        return Find(message.Message, static (scoped in NetlinkMessage m) => NftChain.Read(m));
    }

    /// <summary>The rules of a family, or of all; of one table, and of one of its chains, where they are named. A chain's rules are in order.</summary>
    /// <returns>Nothing also where there is no such table or chain.</returns>
    /// <exception cref="NetlinkException">The kernel refused, or the ruleset changed during each of several dumps.</exception>
    public IReadOnlyList<NftRule> GetRules(NftFamily family = NftFamily.Unspecified, string? table = null, string? chain = null)
    {
        Span<byte> buffer = stackalloc byte[RequestRoom];
        var message = BeginGet(buffer, NFT_MSG.NFT_MSG_GETRULE, dump: true);
        var attributes = PutHeader<NFTA_RULE>(message, family);
        if (table is not null)
            NftName.Put(attributes, NFTA_RULE.NFTA_RULE_TABLE, table, "table");
        if (chain is not null)
            NftName.Put(attributes, NFTA_RULE.NFTA_RULE_CHAIN, chain, "chain");
        return Dump(message.Message, static (scoped in NetlinkMessage m) => NftRule.Read(m));
    }

    /// <summary>The named sets and maps of a family, or of all; of one table where it is named.</summary>
    /// <returns>Nothing also where there is no such table.</returns>
    /// <exception cref="NetlinkException">The kernel refused, or the ruleset changed during each of several dumps.</exception>
    public IReadOnlyList<NftSet> GetSets(NftFamily family = NftFamily.Unspecified, string? table = null)
    {
        Span<byte> buffer = stackalloc byte[RequestRoom];
        var message = BeginGet(buffer, NFT_MSG.NFT_MSG_GETSET, dump: true);
        var attributes = PutHeader<NFTA_SET>(message, family);
        if (table is not null)
            NftName.Put(attributes, NFTA_SET.NFTA_SET_TABLE, table, "table");
        return Dump(message.Message, static (scoped in NetlinkMessage m) => NftSet.Read(m));
    }

    /// <summary>A set or map; null where there is none, or no such table.</summary>
    /// <exception cref="NetlinkException">The kernel refused for another reason.</exception>
    public NftSet? FindSet(in NftSetName set)
    {
        Span<byte> buffer = stackalloc byte[RequestRoom];
        var message = BeginGet(buffer, NFT_MSG.NFT_MSG_GETSET, dump: false);
        var attributes = PutHeader<NFTA_SET>(message, set.Family);
        NftName.Put(attributes, NFTA_SET.NFTA_SET_TABLE, set.Table, "table");
        NftName.Put(attributes, NFTA_SET.NFTA_SET_NAME, set.Name, "set");
        return Find(message.Message, static (scoped in NetlinkMessage m) => NftSet.Read(m));
    }

    private static AttributeWriter<TAttr> PutHeader<TAttr>(MessageWriter message, NftFamily family)
        where TAttr : unmanaged, Enum => message.PutHeader<nfgenmsg, TAttr>(new nfgenmsg { nfgen_family = (byte)family });

    private T? Find<T>(ReadOnlySpan<byte> request, MessageParser<T> read)
        where T : class =>
        _socket.TryGet(request, NftSpaces.OfMessage(request[4]), read, out var found, out var error, _limit) || error.Number == Errno.ENOENT
            ? found
            : throw new NetlinkException(error, NftText.Describe(request));

    // ENOENT: there is no such table or chain, and so there is nothing in it.
    private List<T> Dump<T>(ReadOnlySpan<byte> request, MessageParser<T> read) =>
        _socket.Dump(request, NftSpaces.OfMessage(request[4]), NftText.Describe(request), read, Errno.ENOENT, _limit);
}
