namespace VffNetlink.Tc.Uapi;

/// <summary>The attributes of one action (<c>TCA_ACT_*</c> of <c>linux/pkt_cls.h</c>).</summary>
public enum TCA_ACT : ushort
{
    /// <summary>Not used.</summary>
    TCA_ACT_UNSPEC,

    /// <summary>string: such as <c>mirred</c>.</summary>
    TCA_ACT_KIND,

    /// <summary>nest: what the kind makes of it.</summary>
    TCA_ACT_OPTIONS,

    /// <summary>u32: the number of a shared action.</summary>
    TCA_ACT_INDEX,

    /// <summary>nest of <see cref="TCA_STATS"/>.</summary>
    TCA_ACT_STATS,

    /// <summary>Padding before 64-bit values.</summary>
    TCA_ACT_PAD,

    /// <summary>binary: up to 16 bytes that the kernel keeps for the sender.</summary>
    TCA_ACT_COOKIE,

    /// <summary>bitfield32.</summary>
    TCA_ACT_FLAGS,

    /// <summary>bitfield32: the kind of statistics that is wanted of the device.</summary>
    TCA_ACT_HW_STATS,

    /// <summary>bitfield32: the kind that is in use.</summary>
    TCA_ACT_USED_HW_STATS,

    /// <summary>u32: devices that took the action over (Linux 5.16).</summary>
    TCA_ACT_IN_HW_COUNT,
}
