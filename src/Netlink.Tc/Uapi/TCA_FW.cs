namespace VffNetlink.Tc.Uapi;

/// <summary>The options of the filter fw (<c>TCA_FW_*</c> of <c>linux/pkt_cls.h</c>).</summary>
public enum TCA_FW : ushort
{
    /// <summary>Not used.</summary>
    TCA_FW_UNSPEC,

    /// <summary>u32: the class.</summary>
    TCA_FW_CLASSID,

    /// <summary>nest: a policer, from before actions.</summary>
    TCA_FW_POLICE,

    /// <summary>string: the device that the packet came in by.</summary>
    TCA_FW_INDEV,

    /// <summary>nest: actions by their order.</summary>
    TCA_FW_ACT,

    /// <summary>u32: the bits of the mark that count; one mask for all filters of a priority.</summary>
    TCA_FW_MASK,
}
