namespace VffNetlink.Uapi;

/// <summary>The attributes <c>IFLA_BOND_AD_INFO_*</c> (<c>linux/if_link.h</c>): what 802.3ad has found.</summary>
public enum IFLA_BOND_AD_INFO : ushort
{
    /// <summary>Not used.</summary>
    IFLA_BOND_AD_INFO_UNSPEC,

    /// <summary>u16.</summary>
    IFLA_BOND_AD_INFO_AGGREGATOR,

    /// <summary>u16.</summary>
    IFLA_BOND_AD_INFO_NUM_PORTS,

    /// <summary>u16.</summary>
    IFLA_BOND_AD_INFO_ACTOR_KEY,

    /// <summary>u16.</summary>
    IFLA_BOND_AD_INFO_PARTNER_KEY,

    /// <summary>Link-layer address.</summary>
    IFLA_BOND_AD_INFO_PARTNER_MAC,
}
