namespace VffNetlink.Nftables.Uapi;

/// <summary>
/// <c>enum nft_meta_keys</c> of <c>linux/netfilter/nf_tables.h</c>. Numbers are in host order in the register unless it says
/// otherwise.
/// </summary>
public enum NFT_META : uint
{
    /// <summary>Bytes of the packet (u32).</summary>
    NFT_META_LEN,

    /// <summary>Ethertype (u16, network order).</summary>
    NFT_META_PROTOCOL,

    /// <summary>skb-&gt;priority: a class of traffic control, major in the high half (u32). Can be set.</summary>
    NFT_META_PRIORITY,

    /// <summary>skb-&gt;mark (u32). Can be set.</summary>
    NFT_META_MARK,

    /// <summary>Index of the device that it came in by (u32).</summary>
    NFT_META_IIF,

    /// <summary>Index of the device that it leaves by (u32).</summary>
    NFT_META_OIF,

    /// <summary>Name of the device that it came in by (16 bytes, padded with zeros).</summary>
    NFT_META_IIFNAME,

    /// <summary>Name of the device that it leaves by (16 bytes, padded with zeros).</summary>
    NFT_META_OIFNAME,

    /// <summary>ARPHRD type of the device that it came in by (u16).</summary>
    NFT_META_IFTYPE,

    /// <summary>ARPHRD type of the device that it leaves by (u16).</summary>
    NFT_META_OIFTYPE,

    /// <summary>User of its socket (u32).</summary>
    NFT_META_SKUID,

    /// <summary>Group of its socket (u32).</summary>
    NFT_META_SKGID,

    /// <summary>Whether it is traced (u8). Can be set.</summary>
    NFT_META_NFTRACE,

    /// <summary>Realm of its route (u32).</summary>
    NFT_META_RTCLASSID,

    /// <summary>Security mark (u32).</summary>
    NFT_META_SECMARK,

    /// <summary>Family: 2 for IPv4, 10 for IPv6 (u8).</summary>
    NFT_META_NFPROTO,

    /// <summary>Transport protocol, behind IPv6 extension headers (u8).</summary>
    NFT_META_L4PROTO,

    /// <summary>Name of the bridge that it came in by (16 bytes).</summary>
    NFT_META_BRI_IIFNAME,

    /// <summary>Name of the bridge that it leaves by (16 bytes).</summary>
    NFT_META_BRI_OIFNAME,

    /// <summary>To us, broadcast, multicast, to others (u8). Can be set.</summary>
    NFT_META_PKTTYPE,

    /// <summary>The processor that has it (u32).</summary>
    NFT_META_CPU,

    /// <summary>Group of the device that it came in by (u32).</summary>
    NFT_META_IIFGROUP,

    /// <summary>Group of the device that it leaves by (u32).</summary>
    NFT_META_OIFGROUP,

    /// <summary>net_cls class of its socket (u32).</summary>
    NFT_META_CGROUP,

    /// <summary>A random number (u32).</summary>
    NFT_META_PRANDOM,

    /// <summary>Whether IPsec was there (u8).</summary>
    NFT_META_SECPATH,

    /// <summary>Kind of the device that it came in by, such as veth (16 bytes).</summary>
    NFT_META_IIFKIND,

    /// <summary>Kind of the device that it leaves by (16 bytes).</summary>
    NFT_META_OIFKIND,

    /// <summary>VLAN that the bridge port gives (u16).</summary>
    NFT_META_BRI_IIFPVID,

    /// <summary>VLAN protocol of the bridge (u16, network order).</summary>
    NFT_META_BRI_IIFVPROTO,

    /// <summary>Time of day since the epoch, in nanoseconds (u64).</summary>
    NFT_META_TIME_NS,

    /// <summary>Day of the week, 0 is Sunday (u8).</summary>
    NFT_META_TIME_DAY,

    /// <summary>Second of the day (u32).</summary>
    NFT_META_TIME_HOUR,

    /// <summary>Index of the slave device (u32).</summary>
    NFT_META_SDIF,

    /// <summary>Name of the slave device (16 bytes).</summary>
    NFT_META_SDIFNAME,

    /// <summary>Whether a bridge is to route it (u8; Linux 6.4). Can be set.</summary>
    NFT_META_BRI_BROUTE,
}
