namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>enum ctattr_timeout_icmpv6</c> of <c>linux/netfilter/nfnetlink_cttimeout.h</c>: timeouts of ICMPv6. All are be32, seconds.</summary>
public enum CTA_TIMEOUT_ICMPV6 : ushort
{
    /// <summary>Not used.</summary>
    CTA_TIMEOUT_ICMPV6_UNSPEC,

    /// <summary>The only one.</summary>
    CTA_TIMEOUT_ICMPV6_TIMEOUT,
}
