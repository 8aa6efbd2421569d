namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>enum ctattr_timeout_dccp</c> of <c>linux/netfilter/nfnetlink_cttimeout.h</c>: timeouts of DCCP, up to Linux 6.15. All are be32, seconds.</summary>
public enum CTA_TIMEOUT_DCCP : ushort
{
    /// <summary>Not used.</summary>
    CTA_TIMEOUT_DCCP_UNSPEC,

    /// <summary>Behind a request.</summary>
    CTA_TIMEOUT_DCCP_REQUEST,

    /// <summary>Behind its answer.</summary>
    CTA_TIMEOUT_DCCP_RESPOND,

    /// <summary>Half open.</summary>
    CTA_TIMEOUT_DCCP_PARTOPEN,

    /// <summary>Open.</summary>
    CTA_TIMEOUT_DCCP_OPEN,

    /// <summary>Behind the wish to close.</summary>
    CTA_TIMEOUT_DCCP_CLOSEREQ,

    /// <summary>Behind a close.</summary>
    CTA_TIMEOUT_DCCP_CLOSING,

    /// <summary>Of a connection that is over.</summary>
    CTA_TIMEOUT_DCCP_TIMEWAIT,
}
