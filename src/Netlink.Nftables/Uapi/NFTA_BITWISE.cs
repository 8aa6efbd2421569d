namespace VffNetlink.Nftables.Uapi;

/// <summary><c>enum nft_bitwise_attributes</c> of <c>linux/netfilter/nf_tables.h</c>.</summary>
public enum NFTA_BITWISE : ushort
{
    /// <summary>Not used.</summary>
    NFTA_BITWISE_UNSPEC,

    /// <summary>u32, network order: NFT_REG to read.</summary>
    NFTA_BITWISE_SREG,

    /// <summary>u32, network order: NFT_REG to write.</summary>
    NFTA_BITWISE_DREG,

    /// <summary>u32, network order: bytes of the operands.</summary>
    NFTA_BITWISE_LEN,

    /// <summary>nest of NFTA_DATA: what to keep.</summary>
    NFTA_BITWISE_MASK,

    /// <summary>nest of NFTA_DATA: what to flip.</summary>
    NFTA_BITWISE_XOR,

    /// <summary>u32, network order: NFT_BITWISE.</summary>
    NFTA_BITWISE_OP,

    /// <summary>nest of NFTA_DATA: by how much to shift.</summary>
    NFTA_BITWISE_DATA,

    /// <summary>u32, network order: the other NFT_REG to read (Linux 6.13).</summary>
    NFTA_BITWISE_SREG2,
}
