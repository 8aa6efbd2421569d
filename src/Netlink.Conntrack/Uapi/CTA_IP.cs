namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>enum ctattr_ip</c> of <c>linux/netfilter/nfnetlink_conntrack.h</c>: the addresses of a tuple.</summary>
public enum CTA_IP : ushort
{
    /// <summary>Not used.</summary>
    CTA_IP_UNSPEC,

    /// <summary>4 bytes: the source.</summary>
    CTA_IP_V4_SRC,

    /// <summary>4 bytes: the destination.</summary>
    CTA_IP_V4_DST,

    /// <summary>16 bytes: the source.</summary>
    CTA_IP_V6_SRC,

    /// <summary>16 bytes: the destination.</summary>
    CTA_IP_V6_DST,
}
