namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>enum ctattr_timeout_icmp</c> of <c>linux/netfilter/nfnetlink_cttimeout.h</c>: timeouts of ICMP. All are be32, seconds.</summary>
public enum CTA_TIMEOUT_ICMP : ushort
{
    /// <summary>Not used.</summary>
    CTA_TIMEOUT_ICMP_UNSPEC,

    /// <summary>The only one.</summary>
    CTA_TIMEOUT_ICMP_TIMEOUT,
}
