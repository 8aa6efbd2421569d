namespace VffNetlink.Nftables.Uapi;

/// <summary>
/// <c>enum nft_cmp_ops</c> of <c>linux/netfilter/nf_tables.h</c>: bytes are compared in memory order, so only network order
/// sorts as numbers do.
/// </summary>
public enum NFT_CMP : uint
{
    /// <summary>Equal.</summary>
    NFT_CMP_EQ,

    /// <summary>Not equal.</summary>
    NFT_CMP_NEQ,

    /// <summary>Less.</summary>
    NFT_CMP_LT,

    /// <summary>Less or equal.</summary>
    NFT_CMP_LTE,

    /// <summary>Greater.</summary>
    NFT_CMP_GT,

    /// <summary>Greater or equal.</summary>
    NFT_CMP_GTE,
}
