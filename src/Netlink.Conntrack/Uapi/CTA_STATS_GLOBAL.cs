namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>enum ctattr_stats_global</c> of <c>linux/netfilter/nfnetlink_conntrack.h</c>: the table as a whole.</summary>
public enum CTA_STATS_GLOBAL : ushort
{
    /// <summary>Not used.</summary>
    CTA_STATS_GLOBAL_UNSPEC,

    /// <summary>be32: flows in this network namespace.</summary>
    CTA_STATS_GLOBAL_ENTRIES,

    /// <summary>be32: flows that it may hold (<c>nf_conntrack_max</c>; Linux 4.18).</summary>
    CTA_STATS_GLOBAL_MAX_ENTRIES,
}
