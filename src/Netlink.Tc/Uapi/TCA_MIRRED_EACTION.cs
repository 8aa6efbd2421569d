namespace VffNetlink.Tc.Uapi;

/// <summary>What mirred does (<c>TCA_EGRESS_*</c>, <c>TCA_INGRESS_*</c> of <c>linux/tc_act/tc_mirred.h</c>).</summary>
public enum TCA_MIRRED_EACTION
{
    /// <summary>Send it out of the link.</summary>
    TCA_EGRESS_REDIR = 1,

    /// <summary>Send a copy out of the link.</summary>
    TCA_EGRESS_MIRROR = 2,

    /// <summary>Have the link receive it.</summary>
    TCA_INGRESS_REDIR = 3,

    /// <summary>Have the link receive a copy.</summary>
    TCA_INGRESS_MIRROR = 4,
}
