using VffNetlink.Tc.Uapi;

namespace VffNetlink.Tc;

/// <summary>Whether a filter may or must work in the device.</summary>
[Flags]
public enum FilterOffload : byte
{
    /// <summary>In software, and in the device where it can.</summary>
    None,

    /// <summary>In software only (<c>skip_hw</c>).</summary>
    SkipHardware = (int)TCA_CLS_FLAGS.TCA_CLS_FLAGS_SKIP_HW,

    /// <summary>In the device only (<c>skip_sw</c>); refused where it cannot.</summary>
    SkipSoftware = (int)TCA_CLS_FLAGS.TCA_CLS_FLAGS_SKIP_SW,
}
