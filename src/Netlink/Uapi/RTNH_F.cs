namespace VffNetlink.Uapi;

/// <summary><c>RTNH_F_*</c> of <c>linux/rtnetlink.h</c>: the flags of a next hop.</summary>
[Flags]
public enum RTNH_F : byte
{
    /// <summary>No flag.</summary>
    NONE = 0,

    /// <summary>The link is down or gone.</summary>
    RTNH_F_DEAD = 1,

    /// <summary>The gateway is looked up again.</summary>
    RTNH_F_PERVASIVE = 2,

    /// <summary>The gateway is on the link, whatever the addresses say.</summary>
    RTNH_F_ONLINK = 4,

    /// <summary>In the device.</summary>
    RTNH_F_OFFLOAD = 8,

    /// <summary>The link has no carrier.</summary>
    RTNH_F_LINKDOWN = 16,

    /// <summary>Not resolved (multicast).</summary>
    RTNH_F_UNRESOLVED = 32,

    /// <summary>The device hands its packets to the kernel.</summary>
    RTNH_F_TRAP = 64,
}
