namespace VffNetlink.Uapi;

/// <summary>The attributes <c>IFLA_*</c> of <c>linux/if_link.h</c>.</summary>
public enum IFLA : ushort
{
    /// <summary>Not used.</summary>
    IFLA_UNSPEC,

    /// <summary>binary: link-layer address.</summary>
    IFLA_ADDRESS,

    /// <summary>binary: link-layer broadcast address.</summary>
    IFLA_BROADCAST,

    /// <summary>string: name.</summary>
    IFLA_IFNAME,

    /// <summary>u32: bytes.</summary>
    IFLA_MTU,

    /// <summary>s32: index of the link below, or of the peer.</summary>
    IFLA_LINK,

    /// <summary>string: kind of the root qdisc.</summary>
    IFLA_QDISC,

    /// <summary>struct rtnl_link_stats.</summary>
    IFLA_STATS,

    /// <summary>Not used.</summary>
    IFLA_COST,

    /// <summary>Not used.</summary>
    IFLA_PRIORITY,

    /// <summary>u32: index of the bridge, bond or VRF that it belongs to; 0: none.</summary>
    IFLA_MASTER,

    /// <summary>binary: wireless events.</summary>
    IFLA_WIRELESS,

    /// <summary>nest: by family.</summary>
    IFLA_PROTINFO,

    /// <summary>u32: packets.</summary>
    IFLA_TXQLEN,

    /// <summary>struct rtnl_link_ifmap.</summary>
    IFLA_MAP,

    /// <summary>u32: Not used.</summary>
    IFLA_WEIGHT,

    /// <summary>u8: IF_OPER_*.</summary>
    IFLA_OPERSTATE,

    /// <summary>u8.</summary>
    IFLA_LINKMODE,

    /// <summary>nest: IFLA_INFO_*.</summary>
    IFLA_LINKINFO,

    /// <summary>u32: process whose network namespace the link goes to.</summary>
    IFLA_NET_NS_PID,

    /// <summary>string: alias, at most 255 bytes.</summary>
    IFLA_IFALIAS,

    /// <summary>u32.</summary>
    IFLA_NUM_VF,

    /// <summary>nest.</summary>
    IFLA_VFINFO_LIST,

    /// <summary>struct rtnl_link_stats64.</summary>
    IFLA_STATS64,

    /// <summary>nest.</summary>
    IFLA_VF_PORTS,

    /// <summary>nest.</summary>
    IFLA_PORT_SELF,

    /// <summary>nest: by family.</summary>
    IFLA_AF_SPEC,

    /// <summary>u32: group of links.</summary>
    IFLA_GROUP,

    /// <summary>u32: descriptor of the network namespace that the link goes to.</summary>
    IFLA_NET_NS_FD,

    /// <summary>u32: RTEXT_FILTER_*.</summary>
    IFLA_EXT_MASK,

    /// <summary>u32: how often promiscuous mode was asked for.</summary>
    IFLA_PROMISCUITY,

    /// <summary>u32.</summary>
    IFLA_NUM_TX_QUEUES,

    /// <summary>u32.</summary>
    IFLA_NUM_RX_QUEUES,

    /// <summary>u8.</summary>
    IFLA_CARRIER,

    /// <summary>binary.</summary>
    IFLA_PHYS_PORT_ID,

    /// <summary>u32.</summary>
    IFLA_CARRIER_CHANGES,

    /// <summary>binary.</summary>
    IFLA_PHYS_SWITCH_ID,

    /// <summary>s32: id of the namespace that IFLA_LINK lives in.</summary>
    IFLA_LINK_NETNSID,

    /// <summary>string.</summary>
    IFLA_PHYS_PORT_NAME,

    /// <summary>u8.</summary>
    IFLA_PROTO_DOWN,

    /// <summary>u32.</summary>
    IFLA_GSO_MAX_SEGS,

    /// <summary>u32: bytes.</summary>
    IFLA_GSO_MAX_SIZE,

    /// <summary>Padding.</summary>
    IFLA_PAD,

    /// <summary>nest.</summary>
    IFLA_XDP,

    /// <summary>u32: IFLA_EVENT_*.</summary>
    IFLA_EVENT,

    /// <summary>s32.</summary>
    IFLA_NEW_NETNSID,

    /// <summary>s32: id of the namespace to work in.</summary>
    IFLA_IF_NETNSID,

    /// <summary>u32.</summary>
    IFLA_CARRIER_UP_COUNT,

    /// <summary>u32.</summary>
    IFLA_CARRIER_DOWN_COUNT,

    /// <summary>s32.</summary>
    IFLA_NEW_IFINDEX,

    /// <summary>u32: bytes.</summary>
    IFLA_MIN_MTU,

    /// <summary>u32: bytes.</summary>
    IFLA_MAX_MTU,

    /// <summary>nest: properties.</summary>
    IFLA_PROP_LIST,

    /// <summary>string: another name.</summary>
    IFLA_ALT_IFNAME,

    /// <summary>binary.</summary>
    IFLA_PERM_ADDRESS,

    /// <summary>nest.</summary>
    IFLA_PROTO_DOWN_REASON,

    /// <summary>string.</summary>
    IFLA_PARENT_DEV_NAME,

    /// <summary>string.</summary>
    IFLA_PARENT_DEV_BUS_NAME,

    /// <summary>u32: bytes (Linux 5.19).</summary>
    IFLA_GRO_MAX_SIZE,

    /// <summary>u32: bytes (Linux 5.19).</summary>
    IFLA_TSO_MAX_SIZE,

    /// <summary>u32 (Linux 5.19).</summary>
    IFLA_TSO_MAX_SEGS,

    /// <summary>u32: how often all-multicast was asked for (Linux 6.0).</summary>
    IFLA_ALLMULTI,

    /// <summary>nest (Linux 6.2).</summary>
    IFLA_DEVLINK_PORT,

    /// <summary>u32: bytes, of IPv4 (Linux 6.3).</summary>
    IFLA_GSO_IPV4_MAX_SIZE,

    /// <summary>u32: bytes, of IPv4 (Linux 6.3).</summary>
    IFLA_GRO_IPV4_MAX_SIZE,

    /// <summary>nest (Linux 6.7).</summary>
    IFLA_DPLL_PIN,

    /// <summary>u32: nanoseconds (Linux 6.13).</summary>
    IFLA_MAX_PACING_OFFLOAD_HORIZON,

    /// <summary>u8: may not move to another namespace (Linux 6.15).</summary>
    IFLA_NETNS_IMMUTABLE,
}
