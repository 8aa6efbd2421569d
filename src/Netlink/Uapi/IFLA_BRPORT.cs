namespace VffNetlink.Uapi;

/// <summary>The attributes <c>IFLA_BRPORT_*</c> of a bridge's port (<c>linux/if_link.h</c>).</summary>
public enum IFLA_BRPORT : ushort
{
    /// <summary>Not used.</summary>
    IFLA_BRPORT_UNSPEC,

    /// <summary>u8: BR_STATE_*.</summary>
    IFLA_BRPORT_STATE,

    /// <summary>u16.</summary>
    IFLA_BRPORT_PRIORITY,

    /// <summary>u32.</summary>
    IFLA_BRPORT_COST,

    /// <summary>u8: hairpin.</summary>
    IFLA_BRPORT_MODE,

    /// <summary>u8: BPDU guard.</summary>
    IFLA_BRPORT_GUARD,

    /// <summary>u8: root block.</summary>
    IFLA_BRPORT_PROTECT,

    /// <summary>u8.</summary>
    IFLA_BRPORT_FAST_LEAVE,

    /// <summary>u8.</summary>
    IFLA_BRPORT_LEARNING,

    /// <summary>u8.</summary>
    IFLA_BRPORT_UNICAST_FLOOD,

    /// <summary>u8.</summary>
    IFLA_BRPORT_PROXYARP,

    /// <summary>u8.</summary>
    IFLA_BRPORT_LEARNING_SYNC,

    /// <summary>u8.</summary>
    IFLA_BRPORT_PROXYARP_WIFI,

    /// <summary>struct ifla_bridge_id.</summary>
    IFLA_BRPORT_ROOT_ID,

    /// <summary>struct ifla_bridge_id.</summary>
    IFLA_BRPORT_BRIDGE_ID,

    /// <summary>u16.</summary>
    IFLA_BRPORT_DESIGNATED_PORT,

    /// <summary>u16.</summary>
    IFLA_BRPORT_DESIGNATED_COST,

    /// <summary>u16.</summary>
    IFLA_BRPORT_ID,

    /// <summary>u16.</summary>
    IFLA_BRPORT_NO,

    /// <summary>u8.</summary>
    IFLA_BRPORT_TOPOLOGY_CHANGE_ACK,

    /// <summary>u8.</summary>
    IFLA_BRPORT_CONFIG_PENDING,

    /// <summary>u64: hundredths of a second.</summary>
    IFLA_BRPORT_MESSAGE_AGE_TIMER,

    /// <summary>u64: hundredths of a second.</summary>
    IFLA_BRPORT_FORWARD_DELAY_TIMER,

    /// <summary>u64: hundredths of a second.</summary>
    IFLA_BRPORT_HOLD_TIMER,

    /// <summary>flag: forget what was learnt.</summary>
    IFLA_BRPORT_FLUSH,

    /// <summary>u8.</summary>
    IFLA_BRPORT_MULTICAST_ROUTER,

    /// <summary>Padding.</summary>
    IFLA_BRPORT_PAD,

    /// <summary>u8.</summary>
    IFLA_BRPORT_MCAST_FLOOD,

    /// <summary>u8.</summary>
    IFLA_BRPORT_MCAST_TO_UCAST,

    /// <summary>u8.</summary>
    IFLA_BRPORT_VLAN_TUNNEL,

    /// <summary>u8.</summary>
    IFLA_BRPORT_BCAST_FLOOD,

    /// <summary>u16.</summary>
    IFLA_BRPORT_GROUP_FWD_MASK,

    /// <summary>u8.</summary>
    IFLA_BRPORT_NEIGH_SUPPRESS,

    /// <summary>u8.</summary>
    IFLA_BRPORT_ISOLATED,

    /// <summary>u32: index.</summary>
    IFLA_BRPORT_BACKUP_PORT,

    /// <summary>u8.</summary>
    IFLA_BRPORT_MRP_RING_OPEN,

    /// <summary>u8.</summary>
    IFLA_BRPORT_MRP_IN_OPEN,

    /// <summary>u32.</summary>
    IFLA_BRPORT_MCAST_EHT_HOSTS_LIMIT,

    /// <summary>u32.</summary>
    IFLA_BRPORT_MCAST_EHT_HOSTS_CNT,

    /// <summary>u8 (Linux 5.18).</summary>
    IFLA_BRPORT_LOCKED,

    /// <summary>u8 (Linux 6.2).</summary>
    IFLA_BRPORT_MAB,

    /// <summary>u32 (Linux 6.3).</summary>
    IFLA_BRPORT_MCAST_N_GROUPS,

    /// <summary>u32 (Linux 6.3).</summary>
    IFLA_BRPORT_MCAST_MAX_GROUPS,

    /// <summary>u8 (Linux 6.4).</summary>
    IFLA_BRPORT_NEIGH_VLAN_SUPPRESS,

    /// <summary>u32: nexthop object (Linux 6.6).</summary>
    IFLA_BRPORT_BACKUP_NHID,
}
