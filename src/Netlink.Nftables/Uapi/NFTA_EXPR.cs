namespace VffNetlink.Nftables.Uapi;

/// <summary><c>enum nft_expr_attributes</c> of <c>linux/netfilter/nf_tables.h</c>.</summary>
public enum NFTA_EXPR : ushort
{
    /// <summary>Not used.</summary>
    NFTA_EXPR_UNSPEC,

    /// <summary>string: the expression's name.</summary>
    NFTA_EXPR_NAME,

    /// <summary>nest: what it says, in a space of its own.</summary>
    NFTA_EXPR_DATA,
}
