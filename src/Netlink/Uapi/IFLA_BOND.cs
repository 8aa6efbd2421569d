namespace VffNetlink.Uapi;

/// <summary>The attributes <c>IFLA_BOND_*</c> (<c>linux/if_link.h</c>).</summary>
public enum IFLA_BOND : ushort
{
    /// <summary>Not used.</summary>
    IFLA_BOND_UNSPEC,

    /// <summary>u8: BOND_MODE_*.</summary>
    IFLA_BOND_MODE,

    /// <summary>u32: index of the port in use.</summary>
    IFLA_BOND_ACTIVE_SLAVE,

    /// <summary>u32: milliseconds.</summary>
    IFLA_BOND_MIIMON,

    /// <summary>u32: milliseconds.</summary>
    IFLA_BOND_UPDELAY,

    /// <summary>u32: milliseconds.</summary>
    IFLA_BOND_DOWNDELAY,

    /// <summary>u8: bool.</summary>
    IFLA_BOND_USE_CARRIER,

    /// <summary>u32: milliseconds.</summary>
    IFLA_BOND_ARP_INTERVAL,

    /// <summary>Nest: an IPv4 address under each number.</summary>
    IFLA_BOND_ARP_IP_TARGET,

    /// <summary>u32: BOND_ARP_VALIDATE_*.</summary>
    IFLA_BOND_ARP_VALIDATE,

    /// <summary>u32: 0 any, 1 all.</summary>
    IFLA_BOND_ARP_ALL_TARGETS,

    /// <summary>u32: index of the port to prefer.</summary>
    IFLA_BOND_PRIMARY,

    /// <summary>u8: BOND_PRI_RESELECT_*.</summary>
    IFLA_BOND_PRIMARY_RESELECT,

    /// <summary>u8: BOND_FOM_*.</summary>
    IFLA_BOND_FAIL_OVER_MAC,

    /// <summary>u8: BOND_XMIT_POLICY_*.</summary>
    IFLA_BOND_XMIT_HASH_POLICY,

    /// <summary>u32: reports.</summary>
    IFLA_BOND_RESEND_IGMP,

    /// <summary>u8: announcements.</summary>
    IFLA_BOND_NUM_PEER_NOTIF,

    /// <summary>u8: bool.</summary>
    IFLA_BOND_ALL_SLAVES_ACTIVE,

    /// <summary>u32: ports.</summary>
    IFLA_BOND_MIN_LINKS,

    /// <summary>u32: seconds.</summary>
    IFLA_BOND_LP_INTERVAL,

    /// <summary>u32: packets.</summary>
    IFLA_BOND_PACKETS_PER_SLAVE,

    /// <summary>u8: 0 slow, 1 fast.</summary>
    IFLA_BOND_AD_LACP_RATE,

    /// <summary>u8: BOND_AD_*.</summary>
    IFLA_BOND_AD_SELECT,

    /// <summary>Nest: <see cref="IFLA_BOND_AD_INFO"/>.</summary>
    IFLA_BOND_AD_INFO,

    /// <summary>u16.</summary>
    IFLA_BOND_AD_ACTOR_SYS_PRIO,

    /// <summary>u16.</summary>
    IFLA_BOND_AD_USER_PORT_KEY,

    /// <summary>Link-layer address.</summary>
    IFLA_BOND_AD_ACTOR_SYSTEM,

    /// <summary>u8: bool.</summary>
    IFLA_BOND_TLB_DYNAMIC_LB,

    /// <summary>u32: milliseconds.</summary>
    IFLA_BOND_PEER_NOTIF_DELAY,

    /// <summary>u8: bool.</summary>
    IFLA_BOND_AD_LACP_ACTIVE,

    /// <summary>u8: questions.</summary>
    IFLA_BOND_MISSED_MAX,

    /// <summary>Nest: an IPv6 address under each number.</summary>
    IFLA_BOND_NS_IP6_TARGET,

    /// <summary>u8: bool (Linux 6.9).</summary>
    IFLA_BOND_COUPLED_CONTROL,
}
