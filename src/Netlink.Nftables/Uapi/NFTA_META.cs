namespace VffNetlink.Nftables.Uapi;

/// <summary><c>enum nft_meta_attributes</c> of <c>linux/netfilter/nf_tables.h</c>.</summary>
public enum NFTA_META : ushort
{
    /// <summary>Not used.</summary>
    NFTA_META_UNSPEC,

    /// <summary>u32, network order: NFT_REG to load.</summary>
    NFTA_META_DREG,

    /// <summary>u32, network order: NFT_META.</summary>
    NFTA_META_KEY,

    /// <summary>u32, network order: NFT_REG to set from.</summary>
    NFTA_META_SREG,
}
