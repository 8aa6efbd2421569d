namespace VffNetlink.Tc.Uapi;

/// <summary>The options of the filter u32 (<c>TCA_U32_*</c> of <c>linux/pkt_cls.h</c>).</summary>
public enum TCA_U32 : ushort
{
    /// <summary>Not used.</summary>
    TCA_U32_UNSPEC,

    /// <summary>u32: the class.</summary>
    TCA_U32_CLASSID,

    /// <summary>u32: the hash table and bucket that the filter is in.</summary>
    TCA_U32_HASH,

    /// <summary>u32: the hash table to go on in.</summary>
    TCA_U32_LINK,

    /// <summary>u32: buckets of the hash table to make.</summary>
    TCA_U32_DIVISOR,

    /// <summary><see cref="tc_u32_sel"/>, then its keys.</summary>
    TCA_U32_SEL,

    /// <summary>nest: a policer, from before actions.</summary>
    TCA_U32_POLICE,

    /// <summary>nest: actions by their order.</summary>
    TCA_U32_ACT,

    /// <summary>string: the device that the packet came in by.</summary>
    TCA_U32_INDEV,

    /// <summary>binary: how often each key was tried and matched, where the kernel counts that.</summary>
    TCA_U32_PCNT,

    /// <summary><see cref="tc_u32_mark"/>; silently ignored by kernels without CONFIG_CLS_U32_MARK.</summary>
    TCA_U32_MARK,

    /// <summary>u32: <see cref="TCA_CLS_FLAGS"/>.</summary>
    TCA_U32_FLAGS,

    /// <summary>Padding before 64-bit values.</summary>
    TCA_U32_PAD,
}
