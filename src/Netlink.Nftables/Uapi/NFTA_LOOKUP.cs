namespace VffNetlink.Nftables.Uapi;

/// <summary><c>enum nft_lookup_attributes</c> of <c>linux/netfilter/nf_tables.h</c>.</summary>
public enum NFTA_LOOKUP : ushort
{
    /// <summary>Not used.</summary>
    NFTA_LOOKUP_UNSPEC,

    /// <summary>string: the set.</summary>
    NFTA_LOOKUP_SET,

    /// <summary>u32, network order: NFT_REG with the key.</summary>
    NFTA_LOOKUP_SREG,

    /// <summary>u32, network order: NFT_REG for a map's data.</summary>
    NFTA_LOOKUP_DREG,

    /// <summary>u32, network order: the set by the number of NFTA_SET_ID.</summary>
    NFTA_LOOKUP_SET_ID,

    /// <summary>u32, network order: NFT_LOOKUP_F.</summary>
    NFTA_LOOKUP_FLAGS,
}
