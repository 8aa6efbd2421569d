namespace VffNetlink.Tc.Uapi;

/// <summary>The options of htb's qdiscs and classes (<c>TCA_HTB_*</c> of <c>linux/pkt_sched.h</c>).</summary>
public enum TCA_HTB : ushort
{
    /// <summary>Not used.</summary>
    TCA_HTB_UNSPEC,

    /// <summary><see cref="tc_htb_opt"/>: a class.</summary>
    TCA_HTB_PARMS,

    /// <summary><see cref="tc_htb_glob"/>: the qdisc.</summary>
    TCA_HTB_INIT,

    /// <summary>u32[256]: the ceil's rate table, which no kernel since 3.8 looks at.</summary>
    TCA_HTB_CTAB,

    /// <summary>u32[256]: the rate's table, which no kernel since 3.8 looks at.</summary>
    TCA_HTB_RTAB,

    /// <summary>u32: packets in the queue of what goes past all classes.</summary>
    TCA_HTB_DIRECT_QLEN,

    /// <summary>u64: the rate, from 2^32 bytes per second on.</summary>
    TCA_HTB_RATE64,

    /// <summary>u64: the ceil, from 2^32 bytes per second on.</summary>
    TCA_HTB_CEIL64,

    /// <summary>Padding before 64-bit values.</summary>
    TCA_HTB_PAD,

    /// <summary>flag: let the device do it.</summary>
    TCA_HTB_OFFLOAD,
}
