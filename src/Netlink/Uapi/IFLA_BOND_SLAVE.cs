namespace VffNetlink.Uapi;

/// <summary>The attributes <c>IFLA_BOND_SLAVE_*</c> (<c>linux/if_link.h</c>): what a bond knows of a port.</summary>
public enum IFLA_BOND_SLAVE : ushort
{
    /// <summary>Not used.</summary>
    IFLA_BOND_SLAVE_UNSPEC,

    /// <summary>u8: 0 active, 1 backup.</summary>
    IFLA_BOND_SLAVE_STATE,

    /// <summary>u8: BOND_LINK_*.</summary>
    IFLA_BOND_SLAVE_MII_STATUS,

    /// <summary>u32.</summary>
    IFLA_BOND_SLAVE_LINK_FAILURE_COUNT,

    /// <summary>Link-layer address.</summary>
    IFLA_BOND_SLAVE_PERM_HWADDR,

    /// <summary>u16.</summary>
    IFLA_BOND_SLAVE_QUEUE_ID,

    /// <summary>u16.</summary>
    IFLA_BOND_SLAVE_AD_AGGREGATOR_ID,

    /// <summary>u8: LACP_STATE_*.</summary>
    IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE,

    /// <summary>u16: LACP_STATE_*.</summary>
    IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE,

    /// <summary>s32.</summary>
    IFLA_BOND_SLAVE_PRIO,
}
