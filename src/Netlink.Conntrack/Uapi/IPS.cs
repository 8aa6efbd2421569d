namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>enum ip_conntrack_status</c> of <c>linux/netfilter/nf_conntrack_common.h</c>: the status bits of a flow.</summary>
[Flags]
public enum IPS : uint
{
    /// <summary>Another flow's helper had expected it.</summary>
    IPS_EXPECTED = 1 << 0,

    /// <summary>Packets went both ways.</summary>
    IPS_SEEN_REPLY = 1 << 1,

    /// <summary>Not to be given up early when the table is full.</summary>
    IPS_ASSURED = 1 << 2,

    /// <summary>Its first packet left the host, and it is in the table.</summary>
    IPS_CONFIRMED = 1 << 3,

    /// <summary>The source of the original direction is translated.</summary>
    IPS_SRC_NAT = 1 << 4,

    /// <summary>The destination of the original direction is translated.</summary>
    IPS_DST_NAT = 1 << 5,

    /// <summary>Either translation.</summary>
    IPS_NAT_MASK = IPS_DST_NAT | IPS_SRC_NAT,

    /// <summary>TCP sequence numbers are adjusted.</summary>
    IPS_SEQ_ADJUST = 1 << 6,

    /// <summary>Source translation was decided.</summary>
    IPS_SRC_NAT_DONE = 1 << 7,

    /// <summary>Destination translation was decided.</summary>
    IPS_DST_NAT_DONE = 1 << 8,

    /// <summary>Both were decided.</summary>
    IPS_NAT_DONE_MASK = IPS_DST_NAT_DONE | IPS_SRC_NAT_DONE,

    /// <summary>Removed from the table.</summary>
    IPS_DYING = 1 << 9,

    /// <summary>Packets do not prolong it.</summary>
    IPS_FIXED_TIMEOUT = 1 << 10,

    /// <summary>A template for other flows.</summary>
    IPS_TEMPLATE = 1 << 11,

    /// <summary>Not used any more.</summary>
    IPS_UNTRACKED = 1 << 12,

    /// <summary>A rule gave it its helper.</summary>
    IPS_HELPER = 1 << 13,

    /// <summary>Its packets go through a flow table.</summary>
    IPS_OFFLOAD = 1 << 14,

    /// <summary>Its packets go through hardware.</summary>
    IPS_HW_OFFLOAD = 1 << 15,
}
