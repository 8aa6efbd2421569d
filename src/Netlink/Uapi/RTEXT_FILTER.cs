namespace VffNetlink.Uapi;

/// <summary><c>RTEXT_FILTER_*</c> of <c>linux/rtnetlink.h</c>: what a dump of links has, or leaves out.</summary>
[Flags]
public enum RTEXT_FILTER : uint
{
    /// <summary>Nothing special.</summary>
    NONE = 0,

    /// <summary>With virtual functions.</summary>
    RTEXT_FILTER_VF = 1 << 0,

    /// <summary>With a bridge's VLANs, one by one.</summary>
    RTEXT_FILTER_BRVLAN = 1 << 1,

    /// <summary>With a bridge's VLANs, as ranges.</summary>
    RTEXT_FILTER_BRVLAN_COMPRESSED = 1 << 2,

    /// <summary>Without the statistics of families, which are IPv6's; the link's own are always told.</summary>
    RTEXT_FILTER_SKIP_STATS = 1 << 3,
}
