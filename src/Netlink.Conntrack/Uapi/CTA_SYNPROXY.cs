namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>enum ctattr_synproxy</c> of <c>linux/netfilter/nfnetlink_conntrack.h</c>: what a SYN proxy keeps of a connection. A change needs all three.</summary>
public enum CTA_SYNPROXY : ushort
{
    /// <summary>Not used.</summary>
    CTA_SYNPROXY_UNSPEC,

    /// <summary>be32: the initial sequence number that the proxy chose.</summary>
    CTA_SYNPROXY_ISN,

    /// <summary>be32: the initial TCP timestamp.</summary>
    CTA_SYNPROXY_ITS,

    /// <summary>be32: the difference of the two sides' timestamps.</summary>
    CTA_SYNPROXY_TSOFF,
}
