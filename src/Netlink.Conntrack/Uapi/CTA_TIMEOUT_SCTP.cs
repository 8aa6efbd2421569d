namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>enum ctattr_timeout_sctp</c> of <c>linux/netfilter/nfnetlink_cttimeout.h</c>: timeouts of SCTP. All are be32, seconds.</summary>
public enum CTA_TIMEOUT_SCTP : ushort
{
    /// <summary>Not used.</summary>
    CTA_TIMEOUT_SCTP_UNSPEC,

    /// <summary>Closed.</summary>
    CTA_TIMEOUT_SCTP_CLOSED,

    /// <summary>Behind an INIT.</summary>
    CTA_TIMEOUT_SCTP_COOKIE_WAIT,

    /// <summary>Behind a COOKIE ECHO.</summary>
    CTA_TIMEOUT_SCTP_COOKIE_ECHOED,

    /// <summary>Of an established association.</summary>
    CTA_TIMEOUT_SCTP_ESTABLISHED,

    /// <summary>Behind a SHUTDOWN of the original direction.</summary>
    CTA_TIMEOUT_SCTP_SHUTDOWN_SENT,

    /// <summary>Behind a SHUTDOWN of the other direction.</summary>
    CTA_TIMEOUT_SCTP_SHUTDOWN_RECD,

    /// <summary>Behind its acknowledgement.</summary>
    CTA_TIMEOUT_SCTP_SHUTDOWN_ACK_SENT,

    /// <summary>Behind a heartbeat.</summary>
    CTA_TIMEOUT_SCTP_HEARTBEAT_SENT,

    /// <summary>Not used any more.</summary>
    CTA_TIMEOUT_SCTP_HEARTBEAT_ACKED,
}
