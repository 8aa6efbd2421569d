namespace VffNetlink.Nftables.Uapi;

/// <summary><c>enum nft_payload_csum_types</c> of <c>linux/netfilter/nf_tables.h</c>: the checksum to put right after a write.</summary>
public enum NFT_PAYLOAD_CSUM : uint
{
    /// <summary>None.</summary>
    NFT_PAYLOAD_CSUM_NONE,

    /// <summary>The Internet checksum (RFC 791).</summary>
    NFT_PAYLOAD_CSUM_INET,

    /// <summary>CRC-32c of SCTP (RFC 3309).</summary>
    NFT_PAYLOAD_CSUM_SCTP,
}
