using VffNetlink.Diagnostics;
using VffNetlink.Nftables.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Nftables;

/// <summary>The names of nf_tables' messages; <see cref="MessageCatalog"/> says how a family adds its own.</summary>
public static class NftCatalog
{
    private const NFNL_SUBSYS Subsystem = NFNL_SUBSYS.NFNL_SUBSYS_NFTABLES;

    private static readonly AttributeSpace Brackets = AttributeSpace.Of<nfgenmsg, NFNL_BATCH>()
        .WithHeader(NftSpaces.Header)
        .With(ValueFormat.U32BigEndian, NFNL_BATCH.NFNL_BATCH_GENID);

    private static readonly AttributeSpace Unknown = AttributeSpace.Of<nfgenmsg, NoNames>().WithHeader(NftSpaces.Header);

    /// <summary>All of them, with the brackets of a transaction.</summary>
    public static MessageCatalog Messages { get; } = MessageCatalog.Empty
        .Add(NFNL_SUBSYS.NFNL_SUBSYS_NONE, Brackets, NFNL_MSG_BATCH.NFNL_MSG_BATCH_BEGIN, NFNL_MSG_BATCH.NFNL_MSG_BATCH_END)
        .Add(Subsystem, Unknown, Enum.GetValues<NFT_MSG>())
        .Add(Subsystem, NftSpaces.Table, NFT_MSG.NFT_MSG_NEWTABLE, NFT_MSG.NFT_MSG_GETTABLE, NFT_MSG.NFT_MSG_DELTABLE, NFT_MSG.NFT_MSG_DESTROYTABLE)
        .Add(Subsystem, NftSpaces.Chain, NFT_MSG.NFT_MSG_NEWCHAIN, NFT_MSG.NFT_MSG_GETCHAIN, NFT_MSG.NFT_MSG_DELCHAIN, NFT_MSG.NFT_MSG_DESTROYCHAIN)
        .Add(Subsystem, NftSpaces.Rule, NFT_MSG.NFT_MSG_NEWRULE, NFT_MSG.NFT_MSG_GETRULE, NFT_MSG.NFT_MSG_DELRULE, NFT_MSG.NFT_MSG_DESTROYRULE, NFT_MSG.NFT_MSG_GETRULE_RESET)
        .Add(Subsystem, NftSpaces.Set, NFT_MSG.NFT_MSG_NEWSET, NFT_MSG.NFT_MSG_GETSET, NFT_MSG.NFT_MSG_DELSET, NFT_MSG.NFT_MSG_DESTROYSET)
        .Add(
            Subsystem,
            NftSpaces.Elements,
            NFT_MSG.NFT_MSG_NEWSETELEM,
            NFT_MSG.NFT_MSG_GETSETELEM,
            NFT_MSG.NFT_MSG_DELSETELEM,
            NFT_MSG.NFT_MSG_DESTROYSETELEM,
            NFT_MSG.NFT_MSG_GETSETELEM_RESET)
        .Add(Subsystem, NftSpaces.Generation, NFT_MSG.NFT_MSG_NEWGEN, NFT_MSG.NFT_MSG_GETGEN);

    /// <summary>Attributes without names.</summary>
    private enum NoNames : ushort;
}
