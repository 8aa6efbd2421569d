namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>enum ctattr_stats_cpu</c> of <c>linux/netfilter/nfnetlink_conntrack.h</c>: what one processor counted. All are be32.</summary>
public enum CTA_STATS : ushort
{
    /// <summary>Not used.</summary>
    CTA_STATS_UNSPEC,

    /// <summary>Not counted any more.</summary>
    CTA_STATS_SEARCHED,

    /// <summary>Look-ups that found a flow.</summary>
    CTA_STATS_FOUND,

    /// <summary>Not counted any more.</summary>
    CTA_STATS_NEW,

    /// <summary>Packets that could not be tracked.</summary>
    CTA_STATS_INVALID,

    /// <summary>Not counted any more.</summary>
    CTA_STATS_IGNORE,

    /// <summary>Not counted any more.</summary>
    CTA_STATS_DELETE,

    /// <summary>Not counted any more.</summary>
    CTA_STATS_DELETE_LIST,

    /// <summary>Flows that were put into the table.</summary>
    CTA_STATS_INSERT,

    /// <summary>Flows that could not be put into the table.</summary>
    CTA_STATS_INSERT_FAILED,

    /// <summary>Packets dropped because no flow could be made of them.</summary>
    CTA_STATS_DROP,

    /// <summary>Flows given up for newer ones because the table was full.</summary>
    CTA_STATS_EARLY_DROP,

    /// <summary>Packets of ICMP errors that could not be tracked.</summary>
    CTA_STATS_ERROR,

    /// <summary>Look-ups that began again because the table was resized.</summary>
    CTA_STATS_SEARCH_RESTART,

    /// <summary>Clashes of two packets of one new flow that were resolved (Linux 5.10).</summary>
    CTA_STATS_CLASH_RESOLVE,

    /// <summary>Flows not made because their hash chain was too long (Linux 5.15).</summary>
    CTA_STATS_CHAIN_TOOLONG,
}
