namespace VffNetlink.Nftables.Uapi;

/// <summary><c>enum nft_immediate_attributes</c> of <c>linux/netfilter/nf_tables.h</c>.</summary>
public enum NFTA_IMMEDIATE : ushort
{
    /// <summary>Not used.</summary>
    NFTA_IMMEDIATE_UNSPEC,

    /// <summary>u32, network order: NFT_REG to load.</summary>
    NFTA_IMMEDIATE_DREG,

    /// <summary>nest of NFTA_DATA: with what.</summary>
    NFTA_IMMEDIATE_DATA,
}
