namespace VffNetlink.Nftables.Uapi;

/// <summary>
/// <c>enum nft_registers</c> of <c>linux/netfilter/nf_tables.h</c>. The four registers of 16 bytes and the sixteen of 4 bytes
/// name the same 64 bytes: NFT_REG_2 starts where NFT_REG32_04 does.
/// </summary>
public enum NFT_REG : uint
{
    /// <summary>What happens to the packet next.</summary>
    NFT_REG_VERDICT,

    /// <summary>Bytes 0 to 15.</summary>
    NFT_REG_1,

    /// <summary>Bytes 16 to 31.</summary>
    NFT_REG_2,

    /// <summary>Bytes 32 to 47.</summary>
    NFT_REG_3,

    /// <summary>Bytes 48 to 63.</summary>
    NFT_REG_4,

    /// <summary>Bytes 0 to 3.</summary>
    NFT_REG32_00 = 8,

    /// <summary>Bytes 4 to 7.</summary>
    NFT_REG32_01,

    /// <summary>Bytes 8 to 11.</summary>
    NFT_REG32_02,

    /// <summary>Bytes 12 to 15.</summary>
    NFT_REG32_03,

    /// <summary>Bytes 16 to 19.</summary>
    NFT_REG32_04,

    /// <summary>Bytes 20 to 23.</summary>
    NFT_REG32_05,

    /// <summary>Bytes 24 to 27.</summary>
    NFT_REG32_06,

    /// <summary>Bytes 28 to 31.</summary>
    NFT_REG32_07,

    /// <summary>Bytes 32 to 35.</summary>
    NFT_REG32_08,

    /// <summary>Bytes 36 to 39.</summary>
    NFT_REG32_09,

    /// <summary>Bytes 40 to 43.</summary>
    NFT_REG32_10,

    /// <summary>Bytes 44 to 47.</summary>
    NFT_REG32_11,

    /// <summary>Bytes 48 to 51.</summary>
    NFT_REG32_12,

    /// <summary>Bytes 52 to 55.</summary>
    NFT_REG32_13,

    /// <summary>Bytes 56 to 59.</summary>
    NFT_REG32_14,

    /// <summary>Bytes 60 to 63.</summary>
    NFT_REG32_15,
}
