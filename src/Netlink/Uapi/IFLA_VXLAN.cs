namespace VffNetlink.Uapi;

/// <summary>The attributes <c>IFLA_VXLAN_*</c> (<c>linux/if_link.h</c>).</summary>
public enum IFLA_VXLAN : ushort
{
    /// <summary>Not used.</summary>
    IFLA_VXLAN_UNSPEC,

    /// <summary>u32: network, 24 bits.</summary>
    IFLA_VXLAN_ID,

    /// <summary>binary: IPv4 group or remote end.</summary>
    IFLA_VXLAN_GROUP,

    /// <summary>u32: index of the link below.</summary>
    IFLA_VXLAN_LINK,

    /// <summary>binary: own IPv4 address.</summary>
    IFLA_VXLAN_LOCAL,

    /// <summary>u8.</summary>
    IFLA_VXLAN_TTL,

    /// <summary>u8.</summary>
    IFLA_VXLAN_TOS,

    /// <summary>u8.</summary>
    IFLA_VXLAN_LEARNING,

    /// <summary>u32: seconds.</summary>
    IFLA_VXLAN_AGEING,

    /// <summary>u32: entries.</summary>
    IFLA_VXLAN_LIMIT,

    /// <summary>struct ifla_vxlan_port_range.</summary>
    IFLA_VXLAN_PORT_RANGE,

    /// <summary>u8.</summary>
    IFLA_VXLAN_PROXY,

    /// <summary>u8.</summary>
    IFLA_VXLAN_RSC,

    /// <summary>u8.</summary>
    IFLA_VXLAN_L2MISS,

    /// <summary>u8.</summary>
    IFLA_VXLAN_L3MISS,

    /// <summary>be16: UDP.</summary>
    IFLA_VXLAN_PORT,

    /// <summary>binary: IPv6 group or remote end.</summary>
    IFLA_VXLAN_GROUP6,

    /// <summary>binary: own IPv6 address.</summary>
    IFLA_VXLAN_LOCAL6,

    /// <summary>u8.</summary>
    IFLA_VXLAN_UDP_CSUM,

    /// <summary>u8.</summary>
    IFLA_VXLAN_UDP_ZERO_CSUM6_TX,

    /// <summary>u8.</summary>
    IFLA_VXLAN_UDP_ZERO_CSUM6_RX,

    /// <summary>u8.</summary>
    IFLA_VXLAN_REMCSUM_TX,

    /// <summary>u8.</summary>
    IFLA_VXLAN_REMCSUM_RX,

    /// <summary>flag.</summary>
    IFLA_VXLAN_GBP,

    /// <summary>flag.</summary>
    IFLA_VXLAN_REMCSUM_NOPARTIAL,

    /// <summary>u8.</summary>
    IFLA_VXLAN_COLLECT_METADATA,

    /// <summary>be32: flow label.</summary>
    IFLA_VXLAN_LABEL,

    /// <summary>flag.</summary>
    IFLA_VXLAN_GPE,

    /// <summary>flag.</summary>
    IFLA_VXLAN_TTL_INHERIT,

    /// <summary>u8: VXLAN_DF_*.</summary>
    IFLA_VXLAN_DF,

    /// <summary>u8 (Linux 5.18).</summary>
    IFLA_VXLAN_VNIFILTER,

    /// <summary>u8 (Linux 6.5).</summary>
    IFLA_VXLAN_LOCALBYPASS,

    /// <summary>u32 (Linux 6.8).</summary>
    IFLA_VXLAN_LABEL_POLICY,
}
