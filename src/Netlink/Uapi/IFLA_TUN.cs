namespace VffNetlink.Uapi;

/// <summary>The attributes <c>IFLA_TUN_*</c> (<c>linux/if_link.h</c>).</summary>
public enum IFLA_TUN : ushort
{
    /// <summary>Not used.</summary>
    IFLA_TUN_UNSPEC,

    /// <summary>u32: user.</summary>
    IFLA_TUN_OWNER,

    /// <summary>u32: group.</summary>
    IFLA_TUN_GROUP,

    /// <summary>u8: 1: tun, 2: tap.</summary>
    IFLA_TUN_TYPE,

    /// <summary>u8: packets bear their protocol.</summary>
    IFLA_TUN_PI,

    /// <summary>u8.</summary>
    IFLA_TUN_VNET_HDR,

    /// <summary>u8.</summary>
    IFLA_TUN_PERSIST,

    /// <summary>u8.</summary>
    IFLA_TUN_MULTI_QUEUE,

    /// <summary>u32.</summary>
    IFLA_TUN_NUM_QUEUES,

    /// <summary>u32.</summary>
    IFLA_TUN_NUM_DISABLED_QUEUES,
}
