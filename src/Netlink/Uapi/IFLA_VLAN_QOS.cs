namespace VffNetlink.Uapi;

/// <summary>The one attribute inside IFLA_VLAN_EGRESS_QOS and IFLA_VLAN_INGRESS_QOS (<c>linux/if_link.h</c>).</summary>
public enum IFLA_VLAN_QOS : ushort
{
    /// <summary>Not used.</summary>
    IFLA_VLAN_QOS_UNSPEC,

    /// <summary>struct ifla_vlan_qos_mapping.</summary>
    IFLA_VLAN_QOS_MAPPING,
}
