namespace VffNetlink.Nftables.Uapi;

/// <summary><c>enum nft_ct_attributes</c> of <c>linux/netfilter/nf_tables.h</c>.</summary>
public enum NFTA_CT : ushort
{
    /// <summary>Not used.</summary>
    NFTA_CT_UNSPEC,

    /// <summary>u32, network order: NFT_REG to load.</summary>
    NFTA_CT_DREG,

    /// <summary>u32, network order: NFT_CT.</summary>
    NFTA_CT_KEY,

    /// <summary>u8: IP_CT_DIR, for keys that differ by it.</summary>
    NFTA_CT_DIRECTION,

    /// <summary>u32, network order: NFT_REG to set from.</summary>
    NFTA_CT_SREG,
}
