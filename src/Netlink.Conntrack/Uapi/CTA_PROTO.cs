namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>enum ctattr_l4proto</c> of <c>linux/netfilter/nfnetlink_conntrack.h</c>: the transport of a tuple.</summary>
public enum CTA_PROTO : ushort
{
    /// <summary>Not used.</summary>
    CTA_PROTO_UNSPEC,

    /// <summary>u8: IPPROTO_*.</summary>
    CTA_PROTO_NUM,

    /// <summary>be16: the source port; GRE: the key.</summary>
    CTA_PROTO_SRC_PORT,

    /// <summary>be16: the destination port; GRE: the key.</summary>
    CTA_PROTO_DST_PORT,

    /// <summary>be16: the identifier of an exchange.</summary>
    CTA_PROTO_ICMP_ID,

    /// <summary>u8: the type.</summary>
    CTA_PROTO_ICMP_TYPE,

    /// <summary>u8: the code.</summary>
    CTA_PROTO_ICMP_CODE,

    /// <summary>be16: the identifier of an exchange.</summary>
    CTA_PROTO_ICMPV6_ID,

    /// <summary>u8: the type.</summary>
    CTA_PROTO_ICMPV6_TYPE,

    /// <summary>u8: the code.</summary>
    CTA_PROTO_ICMPV6_CODE,
}
