namespace VffNetlink.Nftables.Uapi;

/// <summary><c>enum nft_fwd_attributes</c> of <c>linux/netfilter/nf_tables.h</c>.</summary>
public enum NFTA_FWD : ushort
{
    /// <summary>Not used.</summary>
    NFTA_FWD_UNSPEC,

    /// <summary>u32, network order: NFT_REG with the device's index.</summary>
    NFTA_FWD_SREG_DEV,

    /// <summary>u32, network order: NFT_REG with the neighbour's address.</summary>
    NFTA_FWD_SREG_ADDR,

    /// <summary>u32, network order: its family.</summary>
    NFTA_FWD_NFPROTO,
}
