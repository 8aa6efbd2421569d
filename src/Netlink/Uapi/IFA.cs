namespace VffNetlink.Uapi;

/// <summary>The attributes <c>IFA_*</c> of <c>linux/if_addr.h</c>.</summary>
public enum IFA : ushort
{
    /// <summary>Not used.</summary>
    IFA_UNSPEC,

    /// <summary>binary: the address, or the peer on point-to-point links.</summary>
    IFA_ADDRESS,

    /// <summary>binary: the local address.</summary>
    IFA_LOCAL,

    /// <summary>string: IPv4 label.</summary>
    IFA_LABEL,

    /// <summary>binary.</summary>
    IFA_BROADCAST,

    /// <summary>binary.</summary>
    IFA_ANYCAST,

    /// <summary>struct ifa_cacheinfo: lifetimes.</summary>
    IFA_CACHEINFO,

    /// <summary>binary.</summary>
    IFA_MULTICAST,

    /// <summary>u32: IFA_F_*.</summary>
    IFA_FLAGS,

    /// <summary>u32: metric of the prefix route.</summary>
    IFA_RT_PRIORITY,

    /// <summary>s32: namespace to work in.</summary>
    IFA_TARGET_NETNSID,

    /// <summary>u8: who added it.</summary>
    IFA_PROTO,
}
