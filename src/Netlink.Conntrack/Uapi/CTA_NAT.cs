namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>enum ctattr_nat</c> of <c>linux/netfilter/nfnetlink_conntrack.h</c>: what a new flow is to be translated to.</summary>
public enum CTA_NAT : ushort
{
    /// <summary>Not used.</summary>
    CTA_NAT_UNSPEC,

    /// <summary>IPv4 address: the first of the range.</summary>
    CTA_NAT_V4_MINIP,

    /// <summary>IPv4 address: the last of the range; missing: the first.</summary>
    CTA_NAT_V4_MAXIP,

    /// <summary>nest of <see cref="CTA_PROTONAT"/>: the ports.</summary>
    CTA_NAT_PROTO,

    /// <summary>IPv6 address: the first of the range.</summary>
    CTA_NAT_V6_MINIP,

    /// <summary>IPv6 address: the last of the range; missing: the first.</summary>
    CTA_NAT_V6_MAXIP,
}
