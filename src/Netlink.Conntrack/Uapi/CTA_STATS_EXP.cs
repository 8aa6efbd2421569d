namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>enum ctattr_expect_stats</c> of <c>linux/netfilter/nfnetlink_conntrack.h</c>: what one processor counted of expectations. All are be32.</summary>
public enum CTA_STATS_EXP : ushort
{
    /// <summary>Not used.</summary>
    CTA_STATS_EXP_UNSPEC,

    /// <summary>Flows that had been expected.</summary>
    CTA_STATS_EXP_NEW,

    /// <summary>Expectations made.</summary>
    CTA_STATS_EXP_CREATE,

    /// <summary>Expectations removed.</summary>
    CTA_STATS_EXP_DELETE,
}
