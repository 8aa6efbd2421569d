namespace VffNetlink.Nftables.Uapi;

/// <summary><c>enum nft_payload_bases</c> of <c>linux/netfilter/nf_tables.h</c>: where a packet's bytes are counted from.</summary>
public enum NFT_PAYLOAD : uint
{
    /// <summary>The link layer's header.</summary>
    NFT_PAYLOAD_LL_HEADER,

    /// <summary>The network layer's header.</summary>
    NFT_PAYLOAD_NETWORK_HEADER,

    /// <summary>The transport layer's header.</summary>
    NFT_PAYLOAD_TRANSPORT_HEADER,

    /// <summary>What the transport layer carries.</summary>
    NFT_PAYLOAD_INNER_HEADER,

    /// <summary>The tunnel's header (Linux 6.2).</summary>
    NFT_PAYLOAD_TUN_HEADER,
}
