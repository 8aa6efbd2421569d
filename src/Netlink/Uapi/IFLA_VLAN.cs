namespace VffNetlink.Uapi;

/// <summary>The attributes <c>IFLA_VLAN_*</c> (<c>linux/if_link.h</c>).</summary>
public enum IFLA_VLAN : ushort
{
    /// <summary>Not used.</summary>
    IFLA_VLAN_UNSPEC,

    /// <summary>u16: 0 to 4095.</summary>
    IFLA_VLAN_ID,

    /// <summary>struct ifla_vlan_flags.</summary>
    IFLA_VLAN_FLAGS,

    /// <summary>nest of IFLA_VLAN_QOS_MAPPING.</summary>
    IFLA_VLAN_EGRESS_QOS,

    /// <summary>nest of IFLA_VLAN_QOS_MAPPING.</summary>
    IFLA_VLAN_INGRESS_QOS,

    /// <summary>be16: ETH_P_8021Q or ETH_P_8021AD.</summary>
    IFLA_VLAN_PROTOCOL,
}
