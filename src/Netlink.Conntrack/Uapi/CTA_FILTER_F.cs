namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>CTA_FILTER_F_*</c> of the kernel's <c>net/netfilter/nf_internals.h</c>: what of a tuple a dump compares. They are not in the headers for programs, but fixed all the same.</summary>
[Flags]
public enum CTA_FILTER_F : uint
{
    /// <summary>The source address. Inverted for IPv6: Linux up to 6.18 leaves out exactly those that are equal.</summary>
    CTA_FILTER_F_CTA_IP_SRC = 1 << 0,

    /// <summary>The destination address; inverted for IPv6, too.</summary>
    CTA_FILTER_F_CTA_IP_DST = 1 << 1,

    /// <summary>The zone.</summary>
    CTA_FILTER_F_CTA_TUPLE_ZONE = 1 << 2,

    /// <summary>The transport; all that follow need it.</summary>
    CTA_FILTER_F_CTA_PROTO_NUM = 1 << 3,

    /// <summary>The source port; compared for TCP and UDP alone.</summary>
    CTA_FILTER_F_CTA_PROTO_SRC_PORT = 1 << 4,

    /// <summary>The destination port; compared for TCP and UDP alone.</summary>
    CTA_FILTER_F_CTA_PROTO_DST_PORT = 1 << 5,

    /// <summary>The type.</summary>
    CTA_FILTER_F_CTA_PROTO_ICMP_TYPE = 1 << 6,

    /// <summary>The code.</summary>
    CTA_FILTER_F_CTA_PROTO_ICMP_CODE = 1 << 7,

    /// <summary>The identifier.</summary>
    CTA_FILTER_F_CTA_PROTO_ICMP_ID = 1 << 8,

    /// <summary>The type.</summary>
    CTA_FILTER_F_CTA_PROTO_ICMPV6_TYPE = 1 << 9,

    /// <summary>The code.</summary>
    CTA_FILTER_F_CTA_PROTO_ICMPV6_CODE = 1 << 10,

    /// <summary>The identifier.</summary>
    CTA_FILTER_F_CTA_PROTO_ICMPV6_ID = 1 << 11,
}
