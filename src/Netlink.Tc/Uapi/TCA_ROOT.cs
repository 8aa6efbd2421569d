namespace VffNetlink.Tc.Uapi;

/// <summary>The attributes behind a <see cref="tcamsg"/> (<c>TCA_ROOT_*</c> of <c>linux/rtnetlink.h</c>).</summary>
public enum TCA_ROOT : ushort
{
    /// <summary>Not used.</summary>
    TCA_ROOT_UNSPEC,

    /// <summary>nest: actions by their order (<c>TCA_ACT_TAB</c>).</summary>
    TCA_ROOT_TAB,

    /// <summary>bitfield32.</summary>
    TCA_ROOT_FLAGS,

    /// <summary>u32: actions in this message.</summary>
    TCA_ROOT_COUNT,

    /// <summary>u32: milliseconds; only actions that were used since are dumped.</summary>
    TCA_ROOT_TIME_DELTA,

    /// <summary>string: a warning with a notification (Linux 6.3).</summary>
    TCA_ROOT_EXT_WARN_MSG,
}
