namespace VffNetlink.Uapi;

/// <summary>The attributes <c>RTA_*</c> of <c>linux/rtnetlink.h</c>.</summary>
public enum RTA : ushort
{
    /// <summary>Not used.</summary>
    RTA_UNSPEC,

    /// <summary>binary: destination.</summary>
    RTA_DST,

    /// <summary>binary: source.</summary>
    RTA_SRC,

    /// <summary>u32: incoming link.</summary>
    RTA_IIF,

    /// <summary>u32: outgoing link.</summary>
    RTA_OIF,

    /// <summary>binary: next hop.</summary>
    RTA_GATEWAY,

    /// <summary>u32: metric.</summary>
    RTA_PRIORITY,

    /// <summary>binary: preferred source.</summary>
    RTA_PREFSRC,

    /// <summary>nest: RTAX_*.</summary>
    RTA_METRICS,

    /// <summary>list of struct rtnexthop.</summary>
    RTA_MULTIPATH,

    /// <summary>Not used.</summary>
    RTA_PROTOINFO,

    /// <summary>u32: realms.</summary>
    RTA_FLOW,

    /// <summary>struct rta_cacheinfo.</summary>
    RTA_CACHEINFO,

    /// <summary>Not used.</summary>
    RTA_SESSION,

    /// <summary>Not used.</summary>
    RTA_MP_ALGO,

    /// <summary>u32: table.</summary>
    RTA_TABLE,

    /// <summary>u32.</summary>
    RTA_MARK,

    /// <summary>struct rta_mfc_stats.</summary>
    RTA_MFC_STATS,

    /// <summary>struct rtvia: next hop of another family.</summary>
    RTA_VIA,

    /// <summary>binary.</summary>
    RTA_NEWDST,

    /// <summary>u8: IPv6 router preference.</summary>
    RTA_PREF,

    /// <summary>u16.</summary>
    RTA_ENCAP_TYPE,

    /// <summary>nest.</summary>
    RTA_ENCAP,

    /// <summary>u32.</summary>
    RTA_EXPIRES,

    /// <summary>Padding.</summary>
    RTA_PAD,

    /// <summary>u32.</summary>
    RTA_UID,

    /// <summary>u8.</summary>
    RTA_TTL_PROPAGATE,

    /// <summary>u8.</summary>
    RTA_IP_PROTO,

    /// <summary>be16.</summary>
    RTA_SPORT,

    /// <summary>be16.</summary>
    RTA_DPORT,

    /// <summary>u32: nexthop object.</summary>
    RTA_NH_ID,
}
