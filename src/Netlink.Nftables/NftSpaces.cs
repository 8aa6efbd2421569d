using VffNetlink.Nftables.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Nftables;

/// <summary>The names of nf_tables' attributes, by which a refused message's offending attribute is named.</summary>
internal static class NftSpaces
{
    /// <summary>The inside of everything that holds bytes or a verdict.</summary>
    public static readonly AttributeSpace Data = AttributeSpace.Of((NFTA_DATA.NFTA_DATA_VERDICT, AttributeSpace.Of<NFTA_VERDICT>()));

    private static readonly AttributeSpace Expression = AttributeSpace.Of<NFTA_EXPR>()
        .WithKinds(NFTA_EXPR.NFTA_EXPR_NAME, NFTA_EXPR.NFTA_EXPR_DATA, NftExpressionSpaces.Find);

    private static readonly AttributeSpace Expressions = AttributeSpace.Of((NFTA_LIST.NFTA_LIST_ELEM, Expression));

    private static readonly AttributeSpace Table = AttributeSpace.Of<nfgenmsg, NFTA_TABLE>();

    private static readonly AttributeSpace Chain = AttributeSpace.Of<nfgenmsg, NFTA_CHAIN>(
        (NFTA_CHAIN.NFTA_CHAIN_HOOK, AttributeSpace.Of((NFTA_HOOK.NFTA_HOOK_DEVS, AttributeSpace.Of<NFTA_DEVICE>()))),
        (NFTA_CHAIN.NFTA_CHAIN_COUNTERS, AttributeSpace.Of<NFTA_COUNTER>()));

    private static readonly AttributeSpace Rule = AttributeSpace.Of<nfgenmsg, NFTA_RULE>(
        (NFTA_RULE.NFTA_RULE_EXPRESSIONS, Expressions),
        (NFTA_RULE.NFTA_RULE_COMPAT, AttributeSpace.Of<NFTA_RULE_COMPAT>()));

    private static readonly AttributeSpace Set = AttributeSpace.Of<nfgenmsg, NFTA_SET>(
        (NFTA_SET.NFTA_SET_DESC, AttributeSpace.Of(
            (NFTA_SET_DESC.NFTA_SET_DESC_CONCAT, AttributeSpace.Of((NFTA_LIST.NFTA_LIST_ELEM, AttributeSpace.Of<NFTA_SET_FIELD>()))))),
        (NFTA_SET.NFTA_SET_EXPR, Expression),
        (NFTA_SET.NFTA_SET_EXPRESSIONS, Expressions));

    private static readonly AttributeSpace Elements = AttributeSpace.Of<nfgenmsg, NFTA_SET_ELEM_LIST>(
        (NFTA_SET_ELEM_LIST.NFTA_SET_ELEM_LIST_ELEMENTS, AttributeSpace.Of((NFTA_LIST.NFTA_LIST_ELEM, AttributeSpace.Of(
            (NFTA_SET_ELEM.NFTA_SET_ELEM_KEY, Data),
            (NFTA_SET_ELEM.NFTA_SET_ELEM_KEY_END, Data),
            (NFTA_SET_ELEM.NFTA_SET_ELEM_DATA, Data),
            (NFTA_SET_ELEM.NFTA_SET_ELEM_EXPR, Expression),
            (NFTA_SET_ELEM.NFTA_SET_ELEM_EXPRESSIONS, Expressions))))));

    /// <summary>The space of a message, by its type; null where there is none to name.</summary>
    public static Func<ushort, AttributeSpace?> OfMessage { get; } = static type => Find((NFT_MSG)(type & 0xff));

    public static AttributeSpace? Find(NFT_MSG type) => type switch
    {
        NFT_MSG.NFT_MSG_NEWTABLE or NFT_MSG.NFT_MSG_GETTABLE or NFT_MSG.NFT_MSG_DELTABLE or NFT_MSG.NFT_MSG_DESTROYTABLE => Table,
        NFT_MSG.NFT_MSG_NEWCHAIN or NFT_MSG.NFT_MSG_GETCHAIN or NFT_MSG.NFT_MSG_DELCHAIN or NFT_MSG.NFT_MSG_DESTROYCHAIN => Chain,
        NFT_MSG.NFT_MSG_NEWRULE or NFT_MSG.NFT_MSG_GETRULE or NFT_MSG.NFT_MSG_DELRULE or NFT_MSG.NFT_MSG_DESTROYRULE => Rule,
        NFT_MSG.NFT_MSG_NEWSET or NFT_MSG.NFT_MSG_GETSET or NFT_MSG.NFT_MSG_DELSET or NFT_MSG.NFT_MSG_DESTROYSET => Set,
        NFT_MSG.NFT_MSG_NEWSETELEM or NFT_MSG.NFT_MSG_GETSETELEM or NFT_MSG.NFT_MSG_DELSETELEM or NFT_MSG.NFT_MSG_DESTROYSETELEM => Elements,
        _ => null,
    };
}
