namespace VffNetlink.Tc.Uapi;

/// <summary>The options of tbf (<c>TCA_TBF_*</c> of <c>linux/pkt_sched.h</c>).</summary>
public enum TCA_TBF : ushort
{
    /// <summary>Not used.</summary>
    TCA_TBF_UNSPEC,

    /// <summary><see cref="tc_tbf_qopt"/>: the qdisc.</summary>
    TCA_TBF_PARMS,

    /// <summary>u32[256]: the rate's table, which no kernel since 3.8 looks at.</summary>
    TCA_TBF_RTAB,

    /// <summary>u32[256]: the peak rate's table, which no kernel since 3.8 looks at.</summary>
    TCA_TBF_PTAB,

    /// <summary>u64: the rate, from 2^32 bytes per second on.</summary>
    TCA_TBF_RATE64,

    /// <summary>u64: the peak rate, from 2^32 bytes per second on.</summary>
    TCA_TBF_PRATE64,

    /// <summary>u32: the burst in bytes, which is the longest packet, too. The kernel takes it but never tells it.</summary>
    TCA_TBF_BURST,

    /// <summary>u32: the burst at the peak rate in bytes. The kernel takes it but never tells it.</summary>
    TCA_TBF_PBURST,

    /// <summary>Padding before 64-bit values.</summary>
    TCA_TBF_PAD,
}
