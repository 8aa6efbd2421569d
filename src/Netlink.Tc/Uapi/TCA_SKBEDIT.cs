namespace VffNetlink.Tc.Uapi;

/// <summary>The options of the action skbedit (<c>TCA_SKBEDIT_*</c> of <c>linux/tc_act/tc_skbedit.h</c>).</summary>
public enum TCA_SKBEDIT : ushort
{
    /// <summary>Not used.</summary>
    TCA_SKBEDIT_UNSPEC,

    /// <summary><c>struct tcf_t</c>: when it was made and used.</summary>
    TCA_SKBEDIT_TM,

    /// <summary><see cref="tc_skbedit"/>.</summary>
    TCA_SKBEDIT_PARMS,

    /// <summary>u32: the packet's priority, often a class.</summary>
    TCA_SKBEDIT_PRIORITY,

    /// <summary>u16: the transmit queue.</summary>
    TCA_SKBEDIT_QUEUE_MAPPING,

    /// <summary>u32: the packet's mark.</summary>
    TCA_SKBEDIT_MARK,

    /// <summary>Padding before 64-bit values.</summary>
    TCA_SKBEDIT_PAD,

    /// <summary>u16: for whom the packet is.</summary>
    TCA_SKBEDIT_PTYPE,

    /// <summary>u32: the bits of the mark that change.</summary>
    TCA_SKBEDIT_MASK,

    /// <summary>u64: more to change.</summary>
    TCA_SKBEDIT_FLAGS,

    /// <summary>u16: the last of a range of transmit queues (Linux 6.1).</summary>
    TCA_SKBEDIT_QUEUE_MAPPING_MAX,
}
