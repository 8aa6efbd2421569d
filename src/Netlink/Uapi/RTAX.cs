namespace VffNetlink.Uapi;

/// <summary>The attributes <c>RTAX_*</c> inside RTA_METRICS (<c>linux/rtnetlink.h</c>).</summary>
public enum RTAX : ushort
{
    /// <summary>Not used.</summary>
    RTAX_UNSPEC,

    /// <summary>u32: bit n: metric n may not be learnt anew.</summary>
    RTAX_LOCK,

    /// <summary>u32: bytes.</summary>
    RTAX_MTU,

    /// <summary>u32: bytes.</summary>
    RTAX_WINDOW,

    /// <summary>u32: eighths of a millisecond.</summary>
    RTAX_RTT,

    /// <summary>u32: quarters of a millisecond.</summary>
    RTAX_RTTVAR,

    /// <summary>u32: packets.</summary>
    RTAX_SSTHRESH,

    /// <summary>u32: packets.</summary>
    RTAX_CWND,

    /// <summary>u32: bytes.</summary>
    RTAX_ADVMSS,

    /// <summary>u32: packets.</summary>
    RTAX_REORDERING,

    /// <summary>u32.</summary>
    RTAX_HOPLIMIT,

    /// <summary>u32: packets.</summary>
    RTAX_INITCWND,

    /// <summary>u32: RTAX_FEATURE_*.</summary>
    RTAX_FEATURES,

    /// <summary>u32: milliseconds.</summary>
    RTAX_RTO_MIN,

    /// <summary>u32: packets.</summary>
    RTAX_INITRWND,

    /// <summary>u32: 1: always.</summary>
    RTAX_QUICKACK,

    /// <summary>string: congestion control.</summary>
    RTAX_CC_ALGO,

    /// <summary>u32: 1: without a cookie.</summary>
    RTAX_FASTOPEN_NO_COOKIE,
}
