namespace VffNetlink.Nftables.Uapi;

/// <summary><c>enum nft_chain_flags</c> of <c>linux/netfilter/nf_tables.h</c>.</summary>
[Flags]
public enum NFT_CHAIN : uint
{
    /// <summary>No flag.</summary>
    NONE = 0,

    /// <summary>It is hooked in.</summary>
    NFT_CHAIN_BASE = 0x1,

    /// <summary>The device is to do its work.</summary>
    NFT_CHAIN_HW_OFFLOAD = 0x2,

    /// <summary>It belongs to the one rule that jumps to it.</summary>
    NFT_CHAIN_BINDING = 0x4,
}
