namespace VffNetlink.Tc.Uapi;

/// <summary>The options of the action mirred (<c>TCA_MIRRED_*</c> of <c>linux/tc_act/tc_mirred.h</c>).</summary>
public enum TCA_MIRRED : ushort
{
    /// <summary>Not used.</summary>
    TCA_MIRRED_UNSPEC,

    /// <summary><c>struct tcf_t</c>: when it was made and used.</summary>
    TCA_MIRRED_TM,

    /// <summary><see cref="tc_mirred"/>.</summary>
    TCA_MIRRED_PARMS,

    /// <summary>Padding before 64-bit values.</summary>
    TCA_MIRRED_PAD,

    /// <summary>u32: a shared block instead of a link (Linux 6.8).</summary>
    TCA_MIRRED_BLOCKID,
}
