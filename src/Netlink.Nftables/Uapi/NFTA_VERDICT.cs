namespace VffNetlink.Nftables.Uapi;

/// <summary><c>enum nft_verdict_attributes</c> of <c>linux/netfilter/nf_tables.h</c>.</summary>
public enum NFTA_VERDICT : ushort
{
    /// <summary>Not used.</summary>
    NFTA_VERDICT_UNSPEC,

    /// <summary>s32, network order: NFT_VERDICT.</summary>
    NFTA_VERDICT_CODE,

    /// <summary>string: where to go.</summary>
    NFTA_VERDICT_CHAIN,

    /// <summary>u32, network order: where to go, by the number of NFTA_CHAIN_ID.</summary>
    NFTA_VERDICT_CHAIN_ID,
}
