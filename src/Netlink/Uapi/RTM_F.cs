namespace VffNetlink.Uapi;

/// <summary><c>RTM_F_*</c> of <c>linux/rtnetlink.h</c>: the flags of a route. Its <see cref="rtmsg"/> has <see cref="RTNH_F"/> of its next hop in the same bits.</summary>
[Flags]
public enum RTM_F : uint
{
    /// <summary>No flag.</summary>
    NONE = 0,

    /// <summary>Tell of changes.</summary>
    RTM_F_NOTIFY = 0x100,

    /// <summary>Made from another one: an exception, such as a learnt MTU.</summary>
    RTM_F_CLONED = 0x200,

    /// <summary>Not used.</summary>
    RTM_F_EQUALIZE = 0x400,

    /// <summary>Of a prefix.</summary>
    RTM_F_PREFIX = 0x800,

    /// <summary>Tell the table that the answer is from.</summary>
    RTM_F_LOOKUP_TABLE = 0x1000,

    /// <summary>Tell the table's route, not the result.</summary>
    RTM_F_FIB_MATCH = 0x2000,

    /// <summary>In the device.</summary>
    RTM_F_OFFLOAD = 0x4000,

    /// <summary>The device hands its packets to the kernel.</summary>
    RTM_F_TRAP = 0x8000,

    /// <summary>The device did not take it.</summary>
    RTM_F_OFFLOAD_FAILED = 0x20000000,
}
