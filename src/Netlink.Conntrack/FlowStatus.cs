using VffNetlink.Conntrack.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>The status bits of a flow (<see cref="IPS"/>); bits of newer kernels are kept.</summary>
[Flags]
public enum FlowStatus : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Another flow's helper had expected it.</summary>
    Expected = IPS.IPS_EXPECTED,

    /// <summary>Packets went both ways.</summary>
    SeenReply = IPS.IPS_SEEN_REPLY,

    /// <summary>Not to be given up early when the table is full.</summary>
    Assured = IPS.IPS_ASSURED,

    /// <summary>In the table.</summary>
    Confirmed = IPS.IPS_CONFIRMED,

    /// <summary>The source of the original direction is translated.</summary>
    SourceNat = IPS.IPS_SRC_NAT,

    /// <summary>The destination of the original direction is translated.</summary>
    DestinationNat = IPS.IPS_DST_NAT,

    /// <summary>TCP sequence numbers are adjusted.</summary>
    SequenceAdjusted = IPS.IPS_SEQ_ADJUST,

    /// <summary>Source translation was decided, also where the decision was to do none.</summary>
    SourceNatDone = IPS.IPS_SRC_NAT_DONE,

    /// <summary>Destination translation was decided, also where the decision was to do none.</summary>
    DestinationNatDone = IPS.IPS_DST_NAT_DONE,

    /// <summary>Removed from the table.</summary>
    Dying = IPS.IPS_DYING,

    /// <summary>Packets do not prolong its timeout.</summary>
    FixedTimeout = IPS.IPS_FIXED_TIMEOUT,

    /// <summary>A template for other flows.</summary>
    Template = IPS.IPS_TEMPLATE,

    /// <summary>Not used any more.</summary>
    Untracked = IPS.IPS_UNTRACKED,

    /// <summary>A rule gave it its helper.</summary>
    Helper = IPS.IPS_HELPER,

    /// <summary>Its packets go through a flow table, and the table alone knows its timeout.</summary>
    Offloaded = IPS.IPS_OFFLOAD,

    /// <summary>Its packets go through hardware.</summary>
    HardwareOffloaded = IPS.IPS_HW_OFFLOAD,
}
