namespace VffNetlink.Tc.Uapi;

/// <summary>The attributes of a qdisc, class or filter (<c>TCA_*</c> of <c>linux/rtnetlink.h</c>).</summary>
public enum TCA : ushort
{
    /// <summary>Not used.</summary>
    TCA_UNSPEC,

    /// <summary>string: such as <c>htb</c>.</summary>
    TCA_KIND,

    /// <summary>What the kind makes of it: a nest for most, a fixed struct for some.</summary>
    TCA_OPTIONS,

    /// <summary><see cref="tc_stats"/>: statistics as they were before <c>TCA_STATS2</c>.</summary>
    TCA_STATS,

    /// <summary>The kind's own statistics.</summary>
    TCA_XSTATS,

    /// <summary><c>struct gnet_estimator</c>: estimate the rate.</summary>
    TCA_RATE,

    /// <summary>u32: the filter's use count.</summary>
    TCA_FCNT,

    /// <summary>nest of <see cref="Uapi.TCA_STATS"/>.</summary>
    TCA_STATS2,

    /// <summary>nest: the size table.</summary>
    TCA_STAB,

    /// <summary>Padding before 64-bit values.</summary>
    TCA_PAD,

    /// <summary>flag: dump also the qdiscs that the kernel made and hides.</summary>
    TCA_DUMP_INVISIBLE,

    /// <summary>u32: the filter's chain; absent is chain 0.</summary>
    TCA_CHAIN,

    /// <summary>u8: whether the device took the qdisc over.</summary>
    TCA_HW_OFFLOAD,

    /// <summary>u32: the shared block at ingress.</summary>
    TCA_INGRESS_BLOCK,

    /// <summary>u32: the shared block at egress.</summary>
    TCA_EGRESS_BLOCK,

    /// <summary>bitfield32: a terse dump.</summary>
    TCA_DUMP_FLAGS,

    /// <summary>string: a warning with a notification (Linux 6.3).</summary>
    TCA_EXT_WARN_MSG,
}
