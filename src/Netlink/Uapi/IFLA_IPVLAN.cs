namespace VffNetlink.Uapi;

/// <summary>The attributes <c>IFLA_IPVLAN_*</c> (<c>linux/if_link.h</c>).</summary>
public enum IFLA_IPVLAN : ushort
{
    /// <summary>Not used.</summary>
    IFLA_IPVLAN_UNSPEC,

    /// <summary>u16: IPVLAN_MODE_*.</summary>
    IFLA_IPVLAN_MODE,

    /// <summary>u16: IPVLAN_F_*.</summary>
    IFLA_IPVLAN_FLAGS,
}
