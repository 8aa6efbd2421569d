namespace VffNetlink.Tc.Uapi;

/// <summary>What u32 does where all keys match (<c>TC_U32_*</c> of <c>linux/pkt_cls.h</c>).</summary>
[Flags]
public enum TC_U32 : byte
{
    /// <summary>Nothing.</summary>
    NONE = 0,

    /// <summary>The filter has matched.</summary>
    TC_U32_TERMINAL = 1,

    /// <summary>Go on at a fixed offset.</summary>
    TC_U32_OFFSET = 2,

    /// <summary>Go on at an offset that is read from the packet.</summary>
    TC_U32_VAROFFSET = 4,

    /// <summary>Later offsets count from there.</summary>
    TC_U32_EAT = 8,
}
