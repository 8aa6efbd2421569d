namespace VffNetlink.Uapi;

/// <summary>The attributes <c>IFLA_BR_*</c> of a bridge (<c>linux/if_link.h</c>).</summary>
public enum IFLA_BR : ushort
{
    /// <summary>Not used.</summary>
    IFLA_BR_UNSPEC,

    /// <summary>u32: hundredths of a second.</summary>
    IFLA_BR_FORWARD_DELAY,

    /// <summary>u32: hundredths of a second.</summary>
    IFLA_BR_HELLO_TIME,

    /// <summary>u32: hundredths of a second.</summary>
    IFLA_BR_MAX_AGE,

    /// <summary>u32: hundredths of a second.</summary>
    IFLA_BR_AGEING_TIME,

    /// <summary>u32: 0: off, 1: the kernel's, 2: user space's.</summary>
    IFLA_BR_STP_STATE,

    /// <summary>u16.</summary>
    IFLA_BR_PRIORITY,

    /// <summary>u8.</summary>
    IFLA_BR_VLAN_FILTERING,

    /// <summary>be16.</summary>
    IFLA_BR_VLAN_PROTOCOL,

    /// <summary>u16: link-local groups that are forwarded.</summary>
    IFLA_BR_GROUP_FWD_MASK,

    /// <summary>struct ifla_bridge_id.</summary>
    IFLA_BR_ROOT_ID,

    /// <summary>struct ifla_bridge_id.</summary>
    IFLA_BR_BRIDGE_ID,

    /// <summary>u16.</summary>
    IFLA_BR_ROOT_PORT,

    /// <summary>u32.</summary>
    IFLA_BR_ROOT_PATH_COST,

    /// <summary>u8.</summary>
    IFLA_BR_TOPOLOGY_CHANGE,

    /// <summary>u8.</summary>
    IFLA_BR_TOPOLOGY_CHANGE_DETECTED,

    /// <summary>u64: hundredths of a second.</summary>
    IFLA_BR_HELLO_TIMER,

    /// <summary>u64: hundredths of a second.</summary>
    IFLA_BR_TCN_TIMER,

    /// <summary>u64: hundredths of a second.</summary>
    IFLA_BR_TOPOLOGY_CHANGE_TIMER,

    /// <summary>u64: hundredths of a second.</summary>
    IFLA_BR_GC_TIMER,

    /// <summary>binary: address of the spanning tree's group.</summary>
    IFLA_BR_GROUP_ADDR,

    /// <summary>flag: forget what was learnt.</summary>
    IFLA_BR_FDB_FLUSH,

    /// <summary>u8: 0: never, 1: where one is seen, 2: always.</summary>
    IFLA_BR_MCAST_ROUTER,

    /// <summary>u8.</summary>
    IFLA_BR_MCAST_SNOOPING,

    /// <summary>u8.</summary>
    IFLA_BR_MCAST_QUERY_USE_IFADDR,

    /// <summary>u8.</summary>
    IFLA_BR_MCAST_QUERIER,

    /// <summary>u32.</summary>
    IFLA_BR_MCAST_HASH_ELASTICITY,

    /// <summary>u32.</summary>
    IFLA_BR_MCAST_HASH_MAX,

    /// <summary>u32.</summary>
    IFLA_BR_MCAST_LAST_MEMBER_CNT,

    /// <summary>u32.</summary>
    IFLA_BR_MCAST_STARTUP_QUERY_CNT,

    /// <summary>u64: hundredths of a second.</summary>
    IFLA_BR_MCAST_LAST_MEMBER_INTVL,

    /// <summary>u64: hundredths of a second.</summary>
    IFLA_BR_MCAST_MEMBERSHIP_INTVL,

    /// <summary>u64: hundredths of a second.</summary>
    IFLA_BR_MCAST_QUERIER_INTVL,

    /// <summary>u64: hundredths of a second.</summary>
    IFLA_BR_MCAST_QUERY_INTVL,

    /// <summary>u64: hundredths of a second.</summary>
    IFLA_BR_MCAST_QUERY_RESPONSE_INTVL,

    /// <summary>u64: hundredths of a second.</summary>
    IFLA_BR_MCAST_STARTUP_QUERY_INTVL,

    /// <summary>u8.</summary>
    IFLA_BR_NF_CALL_IPTABLES,

    /// <summary>u8.</summary>
    IFLA_BR_NF_CALL_IP6TABLES,

    /// <summary>u8.</summary>
    IFLA_BR_NF_CALL_ARPTABLES,

    /// <summary>u16.</summary>
    IFLA_BR_VLAN_DEFAULT_PVID,

    /// <summary>Padding.</summary>
    IFLA_BR_PAD,

    /// <summary>u8.</summary>
    IFLA_BR_VLAN_STATS_ENABLED,

    /// <summary>u8.</summary>
    IFLA_BR_MCAST_STATS_ENABLED,

    /// <summary>u8.</summary>
    IFLA_BR_MCAST_IGMP_VERSION,

    /// <summary>u8.</summary>
    IFLA_BR_MCAST_MLD_VERSION,

    /// <summary>u8.</summary>
    IFLA_BR_VLAN_STATS_PER_PORT,

    /// <summary>struct br_boolopt_multi.</summary>
    IFLA_BR_MULTI_BOOLOPT,

    /// <summary>nest (Linux 5.15).</summary>
    IFLA_BR_MCAST_QUERIER_STATE,

    /// <summary>u32: entries that were learnt (Linux 6.8).</summary>
    IFLA_BR_FDB_N_LEARNED,

    /// <summary>u32: how many may be learnt; 0: any number (Linux 6.8).</summary>
    IFLA_BR_FDB_MAX_LEARNED,
}
