namespace VffNetlink.Tc.Uapi;

/// <summary>What is inside <c>TCA_STATS2</c> and <c>TCA_ACT_STATS</c> (<c>TCA_STATS_*</c> of <c>linux/gen_stats.h</c>).</summary>
public enum TCA_STATS : ushort
{
    /// <summary>Not used.</summary>
    TCA_STATS_UNSPEC,

    /// <summary><see cref="gnet_stats_basic"/>.</summary>
    TCA_STATS_BASIC,

    /// <summary><see cref="gnet_stats_rate_est"/>.</summary>
    TCA_STATS_RATE_EST,

    /// <summary><see cref="gnet_stats_queue"/>.</summary>
    TCA_STATS_QUEUE,

    /// <summary>The kind's own statistics.</summary>
    TCA_STATS_APP,

    /// <summary><see cref="gnet_stats_rate_est64"/>, where the rate does not fit 32 bits.</summary>
    TCA_STATS_RATE_EST64,

    /// <summary>Padding before 64-bit values.</summary>
    TCA_STATS_PAD,

    /// <summary><see cref="gnet_stats_basic"/>: the part that the device handled.</summary>
    TCA_STATS_BASIC_HW,

    /// <summary>u64: packets, where they do not fit 32 bits; directly behind the attribute that it belongs to.</summary>
    TCA_STATS_PKT64,
}
