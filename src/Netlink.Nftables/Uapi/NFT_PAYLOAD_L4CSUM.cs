namespace VffNetlink.Nftables.Uapi;

/// <summary><c>enum nft_payload_csum_flags</c> of <c>linux/netfilter/nf_tables.h</c>.</summary>
[Flags]
public enum NFT_PAYLOAD_L4CSUM : uint
{
    /// <summary>No flag.</summary>
    NONE = 0,

    /// <summary>The transport's checksum covers what is written, too.</summary>
    NFT_PAYLOAD_L4CSUM_PSEUDOHDR = 0x1,
}
