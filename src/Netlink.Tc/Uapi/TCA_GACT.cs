namespace VffNetlink.Tc.Uapi;

/// <summary>The options of the action gact (<c>TCA_GACT_*</c> of <c>linux/tc_act/tc_gact.h</c>).</summary>
public enum TCA_GACT : ushort
{
    /// <summary>Not used.</summary>
    TCA_GACT_UNSPEC,

    /// <summary><c>struct tcf_t</c>: when it was made and used.</summary>
    TCA_GACT_TM,

    /// <summary><see cref="tc_gact"/>.</summary>
    TCA_GACT_PARMS,

    /// <summary><c>struct tc_gact_p</c>: another answer now and then.</summary>
    TCA_GACT_PROB,

    /// <summary>Padding before 64-bit values.</summary>
    TCA_GACT_PAD,
}
