using System.Runtime.CompilerServices;
using VffNetlink.Diagnostics;
using VffNetlink.Nftables.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Nftables;

/// <summary>The names of nf_tables' attributes, by which a refused message's offending attribute is named and printers tell messages.</summary>
internal static class NftSpaces
{
    /// <summary>The inside of everything that holds bytes or a verdict.</summary>
    public static readonly AttributeSpace Data = AttributeSpace.Of((NFTA_DATA.NFTA_DATA_VERDICT, AttributeSpace.Of<NFTA_VERDICT>()
        .With(ValueFormat.Names<NFT_VERDICT>(bigEndian: true), NFTA_VERDICT.NFTA_VERDICT_CODE)
        .With(ValueFormat.String, NFTA_VERDICT.NFTA_VERDICT_CHAIN)
        .With(ValueFormat.U32BigEndian, NFTA_VERDICT.NFTA_VERDICT_CHAIN_ID)));

    /// <summary>What went through.</summary>
    public static readonly AttributeSpace Counter = AttributeSpace.Of<NFTA_COUNTER>()
        .With(ValueFormat.U64BigEndian, NFTA_COUNTER.NFTA_COUNTER_BYTES, NFTA_COUNTER.NFTA_COUNTER_PACKETS);

    /// <summary>The fixed header.</summary>
    public static readonly ValueFormat Header = ValueFormat.Struct<nfgenmsg>()
        .Field(nameof(nfgenmsg.nfgen_family), ValueFormat.Names<NFPROTO>())
        .Field(nameof(nfgenmsg.res_id), ValueFormat.U16BigEndian);

    /// <summary>A register.</summary>
    public static readonly ValueFormat Register = ValueFormat.Names<NFT_REG>(bigEndian: true);

    private static readonly AttributeSpace Expression = AttributeSpace.Of<NFTA_EXPR>()
        .WithKinds(NFTA_EXPR.NFTA_EXPR_NAME, NFTA_EXPR.NFTA_EXPR_DATA, NftExpressionSpaces.Find)
        .With(ValueFormat.String, NFTA_EXPR.NFTA_EXPR_NAME);

    private static readonly AttributeSpace Expressions = AttributeSpace.Of((NFTA_LIST.NFTA_LIST_ELEM, Expression));

    /// <summary>Tables.</summary>
    public static readonly AttributeSpace Table = AttributeSpace.Of<nfgenmsg, NFTA_TABLE>()
        .WithHeader(Header)
        .With(ValueFormat.String, NFTA_TABLE.NFTA_TABLE_NAME)
        .With(ValueFormat.Names<NFT_TABLE_F>(bigEndian: true), NFTA_TABLE.NFTA_TABLE_FLAGS)
        .With(ValueFormat.U32BigEndian, NFTA_TABLE.NFTA_TABLE_USE, NFTA_TABLE.NFTA_TABLE_OWNER)
        .With(ValueFormat.U64BigEndian, NFTA_TABLE.NFTA_TABLE_HANDLE)
        .WithRequests<NFT_MSG>(PutRequest);

    /// <summary>Chains.</summary>
    public static readonly AttributeSpace Chain = AttributeSpace.Of<nfgenmsg, NFTA_CHAIN>(
            (NFTA_CHAIN.NFTA_CHAIN_HOOK, AttributeSpace.Of((NFTA_HOOK.NFTA_HOOK_DEVS, AttributeSpace.Of<NFTA_DEVICE>()
                    .With(ValueFormat.String, NFTA_DEVICE.NFTA_DEVICE_NAME, NFTA_DEVICE.NFTA_DEVICE_PREFIX)))
                .With(ValueFormat.U32BigEndian, NFTA_HOOK.NFTA_HOOK_HOOKNUM)
                .With(ValueFormat.S32BigEndian, NFTA_HOOK.NFTA_HOOK_PRIORITY)
                .With(ValueFormat.String, NFTA_HOOK.NFTA_HOOK_DEV)),
            (NFTA_CHAIN.NFTA_CHAIN_COUNTERS, Counter))
        .WithHeader(Header)
        .With(ValueFormat.String, NFTA_CHAIN.NFTA_CHAIN_TABLE, NFTA_CHAIN.NFTA_CHAIN_NAME, NFTA_CHAIN.NFTA_CHAIN_TYPE)
        .With(ValueFormat.U64BigEndian, NFTA_CHAIN.NFTA_CHAIN_HANDLE)
        .With(ValueFormat.Names<NFT_VERDICT>(bigEndian: true), NFTA_CHAIN.NFTA_CHAIN_POLICY)
        .With(ValueFormat.Names<NFT_CHAIN>(bigEndian: true), NFTA_CHAIN.NFTA_CHAIN_FLAGS)
        .With(ValueFormat.U32BigEndian, NFTA_CHAIN.NFTA_CHAIN_USE, NFTA_CHAIN.NFTA_CHAIN_ID)
        .WithRequests<NFT_MSG>(PutRequest);

    /// <summary>Rules.</summary>
    public static readonly AttributeSpace Rule = AttributeSpace.Of<nfgenmsg, NFTA_RULE>(
            (NFTA_RULE.NFTA_RULE_EXPRESSIONS, Expressions),
            (NFTA_RULE.NFTA_RULE_COMPAT, AttributeSpace.Of<NFTA_RULE_COMPAT>()
                .With(ValueFormat.U32BigEndian, NFTA_RULE_COMPAT.NFTA_RULE_COMPAT_PROTO, NFTA_RULE_COMPAT.NFTA_RULE_COMPAT_FLAGS)))
        .WithHeader(Header)
        .With(ValueFormat.String, NFTA_RULE.NFTA_RULE_TABLE, NFTA_RULE.NFTA_RULE_CHAIN)
        .With(ValueFormat.U64BigEndian, NFTA_RULE.NFTA_RULE_HANDLE, NFTA_RULE.NFTA_RULE_POSITION)
        .With(ValueFormat.U32BigEndian, NFTA_RULE.NFTA_RULE_ID, NFTA_RULE.NFTA_RULE_POSITION_ID, NFTA_RULE.NFTA_RULE_CHAIN_ID)
        .WithRequests<NFT_MSG>(PutRequest);

    /// <summary>Sets and maps.</summary>
    public static readonly AttributeSpace Set = AttributeSpace.Of<nfgenmsg, NFTA_SET>(
            (NFTA_SET.NFTA_SET_DESC, AttributeSpace.Of(
                    (NFTA_SET_DESC.NFTA_SET_DESC_CONCAT, AttributeSpace.Of((NFTA_LIST.NFTA_LIST_ELEM, AttributeSpace.Of<NFTA_SET_FIELD>()
                        .With(ValueFormat.U32BigEndian, NFTA_SET_FIELD.NFTA_SET_FIELD_LEN)))))
                .With(ValueFormat.U32BigEndian, NFTA_SET_DESC.NFTA_SET_DESC_SIZE)),
            (NFTA_SET.NFTA_SET_EXPR, Expression),
            (NFTA_SET.NFTA_SET_EXPRESSIONS, Expressions))
        .WithHeader(Header)
        .With(ValueFormat.String, NFTA_SET.NFTA_SET_TABLE, NFTA_SET.NFTA_SET_NAME, NFTA_SET.NFTA_SET_TYPE)
        .With(ValueFormat.Names<NFT_SET>(bigEndian: true), NFTA_SET.NFTA_SET_FLAGS)
        .With(ValueFormat.Names<NFT_SET_POL>(bigEndian: true), NFTA_SET.NFTA_SET_POLICY)
        .With(ValueFormat.HexBigEndian, NFTA_SET.NFTA_SET_KEY_TYPE, NFTA_SET.NFTA_SET_DATA_TYPE)
        .With(ValueFormat.U32BigEndian, NFTA_SET.NFTA_SET_KEY_LEN, NFTA_SET.NFTA_SET_DATA_LEN, NFTA_SET.NFTA_SET_ID, NFTA_SET.NFTA_SET_GC_INTERVAL, NFTA_SET.NFTA_SET_OBJ_TYPE, NFTA_SET.NFTA_SET_COUNT)
        .With(ValueFormat.U64BigEndian, NFTA_SET.NFTA_SET_TIMEOUT, NFTA_SET.NFTA_SET_HANDLE)
        .WithRequests<NFT_MSG>(PutRequest);

    /// <summary>Elements of a set.</summary>
    public static readonly AttributeSpace Elements = AttributeSpace.Of<nfgenmsg, NFTA_SET_ELEM_LIST>(
            (NFTA_SET_ELEM_LIST.NFTA_SET_ELEM_LIST_ELEMENTS, AttributeSpace.Of((NFTA_LIST.NFTA_LIST_ELEM, AttributeSpace.Of(
                    (NFTA_SET_ELEM.NFTA_SET_ELEM_KEY, Data),
                    (NFTA_SET_ELEM.NFTA_SET_ELEM_KEY_END, Data),
                    (NFTA_SET_ELEM.NFTA_SET_ELEM_DATA, Data),
                    (NFTA_SET_ELEM.NFTA_SET_ELEM_EXPR, Expression),
                    (NFTA_SET_ELEM.NFTA_SET_ELEM_EXPRESSIONS, Expressions))
                .With(ValueFormat.Names<NFT_SET_ELEM>(bigEndian: true), NFTA_SET_ELEM.NFTA_SET_ELEM_FLAGS)
                .With(ValueFormat.U64BigEndian, NFTA_SET_ELEM.NFTA_SET_ELEM_TIMEOUT, NFTA_SET_ELEM.NFTA_SET_ELEM_EXPIRATION)
                .With(ValueFormat.String, NFTA_SET_ELEM.NFTA_SET_ELEM_OBJREF)))))
        .WithHeader(Header)
        .With(ValueFormat.String, NFTA_SET_ELEM_LIST.NFTA_SET_ELEM_LIST_TABLE, NFTA_SET_ELEM_LIST.NFTA_SET_ELEM_LIST_SET)
        .With(ValueFormat.U32BigEndian, NFTA_SET_ELEM_LIST.NFTA_SET_ELEM_LIST_SET_ID)
        .WithRequests<NFT_MSG>(PutRequest);

    /// <summary>The generation.</summary>
    public static readonly AttributeSpace Generation = AttributeSpace.Of<nfgenmsg, NFTA_GEN>()
        .WithHeader(Header)
        .With(ValueFormat.U32BigEndian, NFTA_GEN.NFTA_GEN_ID, NFTA_GEN.NFTA_GEN_PROC_PID)
        .With(ValueFormat.String, NFTA_GEN.NFTA_GEN_PROC_NAME)
        .WithRequests<NFT_MSG>();

    /// <summary>The space of a message, by its type; null where there is none to name.</summary>
    public static Func<ushort, AttributeSpace?> OfMessage { get; } = static type => NftCatalog.Messages.SpaceOf(NETLINK.NETLINK_NETFILTER, (ushort)(((int)NFNL_SUBSYS.NFNL_SUBSYS_NFTABLES << 8) | (type & 0xff)));

    /// <summary>Puts the family and the table, whose name is attribute 1 of every space: <c> in netdev vffqos</c>.</summary>
    private static void PutRequest(scoped in NetlinkMessage request, scoped ref DefaultInterpolatedStringHandler text)
    {
        text.AppendLiteral(" in ");
        text.AppendLiteral(NftText.NameOf((NftFamily)request.ReadHeader<nfgenmsg>().nfgen_family));
        if (request.Attributes<nfgenmsg, NFTA_TABLE>().TryFind(NFTA_TABLE.NFTA_TABLE_NAME, out var table))
            RequestText.Put(ref text, table.ReadUtf8());
    }
}
