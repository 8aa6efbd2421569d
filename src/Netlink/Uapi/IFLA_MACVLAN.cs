namespace VffNetlink.Uapi;

/// <summary>The attributes <c>IFLA_MACVLAN_*</c> (<c>linux/if_link.h</c>).</summary>
public enum IFLA_MACVLAN : ushort
{
    /// <summary>Not used.</summary>
    IFLA_MACVLAN_UNSPEC,

    /// <summary>u32: MACVLAN_MODE_*.</summary>
    IFLA_MACVLAN_MODE,

    /// <summary>u16: MACVLAN_FLAG_*.</summary>
    IFLA_MACVLAN_FLAGS,

    /// <summary>u32: MACVLAN_MACADDR_*.</summary>
    IFLA_MACVLAN_MACADDR_MODE,

    /// <summary>binary: a source address.</summary>
    IFLA_MACVLAN_MACADDR,

    /// <summary>nest of IFLA_MACVLAN_MACADDR.</summary>
    IFLA_MACVLAN_MACADDR_DATA,

    /// <summary>u32: source addresses.</summary>
    IFLA_MACVLAN_MACADDR_COUNT,

    /// <summary>u32: packets asked for.</summary>
    IFLA_MACVLAN_BC_QUEUE_LEN,

    /// <summary>u32: packets.</summary>
    IFLA_MACVLAN_BC_QUEUE_LEN_USED,

    /// <summary>s32: broadcast goes through the queue with more ports than this (Linux 6.5).</summary>
    IFLA_MACVLAN_BC_CUTOFF,
}
