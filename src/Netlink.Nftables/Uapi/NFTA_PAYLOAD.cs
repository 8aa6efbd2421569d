namespace VffNetlink.Nftables.Uapi;

/// <summary><c>enum nft_payload_attributes</c> of <c>linux/netfilter/nf_tables.h</c>.</summary>
public enum NFTA_PAYLOAD : ushort
{
    /// <summary>Not used.</summary>
    NFTA_PAYLOAD_UNSPEC,

    /// <summary>u32, network order: NFT_REG to load.</summary>
    NFTA_PAYLOAD_DREG,

    /// <summary>u32, network order: NFT_PAYLOAD.</summary>
    NFTA_PAYLOAD_BASE,

    /// <summary>u32, network order: bytes from there.</summary>
    NFTA_PAYLOAD_OFFSET,

    /// <summary>u32, network order: bytes to load or write.</summary>
    NFTA_PAYLOAD_LEN,

    /// <summary>u32, network order: NFT_REG to write from.</summary>
    NFTA_PAYLOAD_SREG,

    /// <summary>u32, network order: NFT_PAYLOAD_CSUM.</summary>
    NFTA_PAYLOAD_CSUM_TYPE,

    /// <summary>u32, network order: where the checksum is.</summary>
    NFTA_PAYLOAD_CSUM_OFFSET,

    /// <summary>u32, network order: NFT_PAYLOAD_L4CSUM.</summary>
    NFTA_PAYLOAD_CSUM_FLAGS,
}
