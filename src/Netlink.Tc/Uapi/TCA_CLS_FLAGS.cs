namespace VffNetlink.Tc.Uapi;

/// <summary>Where a filter works (<c>TCA_CLS_FLAGS_*</c> of <c>linux/pkt_cls.h</c>).</summary>
[Flags]
public enum TCA_CLS_FLAGS : uint
{
    /// <summary>Wherever it can.</summary>
    NONE = 0,

    /// <summary>Not in the device.</summary>
    TCA_CLS_FLAGS_SKIP_HW = 1,

    /// <summary>Only in the device.</summary>
    TCA_CLS_FLAGS_SKIP_SW = 2,

    /// <summary>Out only: the device has it.</summary>
    TCA_CLS_FLAGS_IN_HW = 4,

    /// <summary>Out only: the device does not have it.</summary>
    TCA_CLS_FLAGS_NOT_IN_HW = 8,

    /// <summary>Say why the device did not take it.</summary>
    TCA_CLS_FLAGS_VERBOSE = 16,
}
