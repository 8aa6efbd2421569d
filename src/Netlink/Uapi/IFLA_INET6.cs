namespace VffNetlink.Uapi;

/// <summary>The attributes <c>IFLA_INET6_*</c> inside the AF_INET6 part of IFLA_AF_SPEC (<c>linux/if_link.h</c>).</summary>
public enum IFLA_INET6 : ushort
{
    /// <summary>Not used.</summary>
    IFLA_INET6_UNSPEC,

    /// <summary>u32: flags.</summary>
    IFLA_INET6_FLAGS,

    /// <summary>binary: an s32 for each setting of <c>/proc/sys/net/ipv6/conf</c>.</summary>
    IFLA_INET6_CONF,

    /// <summary>binary: a u64 for each counter.</summary>
    IFLA_INET6_STATS,

    /// <summary>Not used.</summary>
    IFLA_INET6_MCAST,

    /// <summary>struct ifla_cacheinfo.</summary>
    IFLA_INET6_CACHEINFO,

    /// <summary>binary: a u64 for each counter.</summary>
    IFLA_INET6_ICMP6STATS,

    /// <summary>binary: the interface identifier that was set.</summary>
    IFLA_INET6_TOKEN,

    /// <summary>u8: IN6_ADDR_GEN_MODE_*.</summary>
    IFLA_INET6_ADDR_GEN_MODE,

    /// <summary>u32: bytes (Linux 5.15).</summary>
    IFLA_INET6_RA_MTU,
}
