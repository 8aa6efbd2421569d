namespace VffNetlink.Nftables.Uapi;

/// <summary><c>enum nft_cmp_attributes</c> of <c>linux/netfilter/nf_tables.h</c>.</summary>
public enum NFTA_CMP : ushort
{
    /// <summary>Not used.</summary>
    NFTA_CMP_UNSPEC,

    /// <summary>u32, network order: NFT_REG to compare.</summary>
    NFTA_CMP_SREG,

    /// <summary>u32, network order: NFT_CMP.</summary>
    NFTA_CMP_OP,

    /// <summary>nest of NFTA_DATA: with what.</summary>
    NFTA_CMP_DATA,
}
