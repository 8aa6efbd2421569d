namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>enum ctattr_timeout_tcp</c> of <c>linux/netfilter/nfnetlink_cttimeout.h</c>: timeouts of TCP. All are be32, seconds.</summary>
public enum CTA_TIMEOUT_TCP : ushort
{
    /// <summary>Not used.</summary>
    CTA_TIMEOUT_TCP_UNSPEC,

    /// <summary>Behind a SYN.</summary>
    CTA_TIMEOUT_TCP_SYN_SENT,

    /// <summary>Behind its answer.</summary>
    CTA_TIMEOUT_TCP_SYN_RECV,

    /// <summary>Of an established connection.</summary>
    CTA_TIMEOUT_TCP_ESTABLISHED,

    /// <summary>Behind the first FIN.</summary>
    CTA_TIMEOUT_TCP_FIN_WAIT,

    /// <summary>Behind its acknowledgement.</summary>
    CTA_TIMEOUT_TCP_CLOSE_WAIT,

    /// <summary>Behind the second FIN.</summary>
    CTA_TIMEOUT_TCP_LAST_ACK,

    /// <summary>Of a connection that is over.</summary>
    CTA_TIMEOUT_TCP_TIME_WAIT,

    /// <summary>Behind a reset.</summary>
    CTA_TIMEOUT_TCP_CLOSE,

    /// <summary>Behind SYNs of both sides.</summary>
    CTA_TIMEOUT_TCP_SYN_SENT2,

    /// <summary>Behind many retransmissions without an answer.</summary>
    CTA_TIMEOUT_TCP_RETRANS,

    /// <summary>While data are not acknowledged.</summary>
    CTA_TIMEOUT_TCP_UNACK,
}
