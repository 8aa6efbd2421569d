namespace VffNetlink.Uapi;

/// <summary><c>IPVLAN_MODE_*</c> of <c>linux/if_link.h</c>.</summary>
public enum IPVLAN_MODE : ushort
{
    /// <summary>Neighbours are resolved in each.</summary>
    IPVLAN_MODE_L2,

    /// <summary>The link below routes.</summary>
    IPVLAN_MODE_L3,

    /// <summary>As L3, through its netfilter hooks.</summary>
    IPVLAN_MODE_L3S,
}
