namespace VffNetlink.Nftables.Uapi;

/// <summary>
/// <c>enum nft_ct_keys</c> of <c>linux/netfilter/nf_tables.h</c>. Numbers are in host order in the register unless it says
/// otherwise.
/// </summary>
public enum NFT_CT : uint
{
    /// <summary>Bits: invalid 1, established 2, related 4, new 8, untracked 64 (u32).</summary>
    NFT_CT_STATE,

    /// <summary>0 original, 1 reply (u8).</summary>
    NFT_CT_DIRECTION,

    /// <summary>IPS_* bits (u32).</summary>
    NFT_CT_STATUS,

    /// <summary>The flow's mark (u32). Can be set.</summary>
    NFT_CT_MARK,

    /// <summary>The flow's security mark (u32).</summary>
    NFT_CT_SECMARK,

    /// <summary>Milliseconds until it expires (u32).</summary>
    NFT_CT_EXPIRATION,

    /// <summary>Name of its helper (16 bytes).</summary>
    NFT_CT_HELPER,

    /// <summary>Family (u8).</summary>
    NFT_CT_L3PROTOCOL,

    /// <summary>Source address, old form: 16 bytes, or 4 in families of one protocol.</summary>
    NFT_CT_SRC,

    /// <summary>Destination address, old form.</summary>
    NFT_CT_DST,

    /// <summary>Transport protocol (u8).</summary>
    NFT_CT_PROTOCOL,

    /// <summary>Source port (u16, network order).</summary>
    NFT_CT_PROTO_SRC,

    /// <summary>Destination port (u16, network order).</summary>
    NFT_CT_PROTO_DST,

    /// <summary>Labels (16 bytes). Can be set.</summary>
    NFT_CT_LABELS,

    /// <summary>Packets (u64).</summary>
    NFT_CT_PKTS,

    /// <summary>Bytes (u64).</summary>
    NFT_CT_BYTES,

    /// <summary>Bytes per packet (u64).</summary>
    NFT_CT_AVGPKT,

    /// <summary>Zone (u16). Can be set.</summary>
    NFT_CT_ZONE,

    /// <summary>Events that it sends (u32). Can be set.</summary>
    NFT_CT_EVENTMASK,

    /// <summary>IPv4 source address (4 bytes).</summary>
    NFT_CT_SRC_IP,

    /// <summary>IPv4 destination address (4 bytes).</summary>
    NFT_CT_DST_IP,

    /// <summary>IPv6 source address (16 bytes).</summary>
    NFT_CT_SRC_IP6,

    /// <summary>IPv6 destination address (16 bytes).</summary>
    NFT_CT_DST_IP6,

    /// <summary>Its id (u32).</summary>
    NFT_CT_ID,
}
