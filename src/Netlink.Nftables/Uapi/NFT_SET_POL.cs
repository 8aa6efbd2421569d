namespace VffNetlink.Nftables.Uapi;

/// <summary>
/// <c>enum nft_set_policies</c> of <c>linux/netfilter/nf_tables.h</c>: what the kernel looks at when it chooses how a set is
/// stored.
/// </summary>
public enum NFT_SET_POL : uint
{
    /// <summary>Speed first.</summary>
    NFT_SET_POL_PERFORMANCE,

    /// <summary>Memory first.</summary>
    NFT_SET_POL_MEMORY,
}
