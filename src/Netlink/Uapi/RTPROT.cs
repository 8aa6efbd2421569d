namespace VffNetlink.Uapi;

/// <summary><c>RTPROT_*</c> of <c>linux/rtnetlink.h</c>: who made a route, rule or neighbour. Other numbers are free.</summary>
public enum RTPROT : byte
{
    /// <summary>Not said.</summary>
    RTPROT_UNSPEC = 0,

    /// <summary>ICMP redirects.</summary>
    RTPROT_REDIRECT = 1,

    /// <summary>The kernel.</summary>
    RTPROT_KERNEL = 2,

    /// <summary>The start scripts; ip, unless told otherwise.</summary>
    RTPROT_BOOT = 3,

    /// <summary>The administrator.</summary>
    RTPROT_STATIC = 4,

    /// <summary>Router advertisements.</summary>
    RTPROT_RA = 9,

    /// <summary>Zebra.</summary>
    RTPROT_ZEBRA = 11,

    /// <summary>BIRD.</summary>
    RTPROT_BIRD = 12,

    /// <summary>DHCP.</summary>
    RTPROT_DHCP = 16,

    /// <summary>BGP.</summary>
    RTPROT_BGP = 186,

    /// <summary>IS-IS.</summary>
    RTPROT_ISIS = 187,

    /// <summary>OSPF.</summary>
    RTPROT_OSPF = 188,

    /// <summary>RIP.</summary>
    RTPROT_RIP = 189,

    /// <summary>EIGRP.</summary>
    RTPROT_EIGRP = 192,
}
