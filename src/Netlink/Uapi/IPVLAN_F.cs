namespace VffNetlink.Uapi;

/// <summary><c>IPVLAN_F_*</c> of <c>linux/if_link.h</c>: the flags of an ipvlan.</summary>
[Flags]
public enum IPVLAN_F : ushort
{
    /// <summary>Bridge: they talk to each other.</summary>
    NONE = 0,

    /// <summary>They don't.</summary>
    IPVLAN_F_PRIVATE = 1,

    /// <summary>By way of the switch outside.</summary>
    IPVLAN_F_VEPA = 2,
}
