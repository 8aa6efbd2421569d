namespace VffNetlink.Tc.Uapi;

/// <summary>The options of the action ctinfo (<c>TCA_CTINFO_*</c> of <c>linux/tc_act/tc_ctinfo.h</c>).</summary>
public enum TCA_CTINFO : ushort
{
    /// <summary>Not used.</summary>
    TCA_CTINFO_UNSPEC,

    /// <summary>Padding before 64-bit values.</summary>
    TCA_CTINFO_PAD,

    /// <summary><c>struct tcf_t</c>: when it was made and used.</summary>
    TCA_CTINFO_TM,

    /// <summary><see cref="tc_ctinfo"/>.</summary>
    TCA_CTINFO_ACT,

    /// <summary>u16: the conntrack zone to look in.</summary>
    TCA_CTINFO_ZONE,

    /// <summary>u32: the six bits of the connection mark that hold a DSCP to restore.</summary>
    TCA_CTINFO_PARMS_DSCP_MASK,

    /// <summary>u32: the bits of the connection mark that say that there is one.</summary>
    TCA_CTINFO_PARMS_DSCP_STATEMASK,

    /// <summary>u32: the bits of the connection mark that become the packet mark.</summary>
    TCA_CTINFO_PARMS_CPMARK_MASK,

    /// <summary>u64: packets whose DSCP was set.</summary>
    TCA_CTINFO_STATS_DSCP_SET,

    /// <summary>u64: packets whose DSCP could not be set.</summary>
    TCA_CTINFO_STATS_DSCP_ERROR,

    /// <summary>u64: packets whose mark was set.</summary>
    TCA_CTINFO_STATS_CPMARK_SET,
}
