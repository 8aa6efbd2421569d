using VffNetlink.Conntrack.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>The states of SCTP that have a timeout (<see cref="CTA_TIMEOUT_SCTP"/>).</summary>
public enum SctpTimeout : ushort
{
    /// <summary>Closed.</summary>
    Closed = CTA_TIMEOUT_SCTP.CTA_TIMEOUT_SCTP_CLOSED,

    /// <summary>Behind an INIT.</summary>
    CookieWait = CTA_TIMEOUT_SCTP.CTA_TIMEOUT_SCTP_COOKIE_WAIT,

    /// <summary>Behind a COOKIE ECHO.</summary>
    CookieEchoed = CTA_TIMEOUT_SCTP.CTA_TIMEOUT_SCTP_COOKIE_ECHOED,

    /// <summary>Of an established association.</summary>
    Established = CTA_TIMEOUT_SCTP.CTA_TIMEOUT_SCTP_ESTABLISHED,

    /// <summary>Behind a SHUTDOWN of the original direction.</summary>
    ShutdownSent = CTA_TIMEOUT_SCTP.CTA_TIMEOUT_SCTP_SHUTDOWN_SENT,

    /// <summary>Behind a SHUTDOWN of the other direction.</summary>
    ShutdownReceived = CTA_TIMEOUT_SCTP.CTA_TIMEOUT_SCTP_SHUTDOWN_RECD,

    /// <summary>Behind its acknowledgement.</summary>
    ShutdownAckSent = CTA_TIMEOUT_SCTP.CTA_TIMEOUT_SCTP_SHUTDOWN_ACK_SENT,

    /// <summary>Behind a heartbeat.</summary>
    HeartbeatSent = CTA_TIMEOUT_SCTP.CTA_TIMEOUT_SCTP_HEARTBEAT_SENT,

    /// <summary>Behind its answer; not used by newer kernels.</summary>
    HeartbeatAcked = CTA_TIMEOUT_SCTP.CTA_TIMEOUT_SCTP_HEARTBEAT_ACKED,
}
