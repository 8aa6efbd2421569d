namespace VffNetlink.Tc.Uapi;

/// <summary>The options of the filter matchall (<c>TCA_MATCHALL_*</c> of <c>linux/pkt_cls.h</c>).</summary>
public enum TCA_MATCHALL : ushort
{
    /// <summary>Not used.</summary>
    TCA_MATCHALL_UNSPEC,

    /// <summary>u32: the class.</summary>
    TCA_MATCHALL_CLASSID,

    /// <summary>nest: actions by their order.</summary>
    TCA_MATCHALL_ACT,

    /// <summary>u32: <see cref="TCA_CLS_FLAGS"/>.</summary>
    TCA_MATCHALL_FLAGS,

    /// <summary>binary: how often it matched.</summary>
    TCA_MATCHALL_PCNT,

    /// <summary>Padding before 64-bit values.</summary>
    TCA_MATCHALL_PAD,
}
