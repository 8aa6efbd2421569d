using VffNetlink.Conntrack.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>How far an SCTP association got, as connection tracking sees it (<see cref="SCTP_CONNTRACK"/>).</summary>
public enum SctpState : byte
{
    /// <summary>Nothing seen.</summary>
    None = SCTP_CONNTRACK.SCTP_CONNTRACK_NONE,

    /// <summary>Closed.</summary>
    Closed = SCTP_CONNTRACK.SCTP_CONNTRACK_CLOSED,

    /// <summary>INIT.</summary>
    CookieWait = SCTP_CONNTRACK.SCTP_CONNTRACK_COOKIE_WAIT,

    /// <summary>COOKIE ECHO.</summary>
    CookieEchoed = SCTP_CONNTRACK.SCTP_CONNTRACK_COOKIE_ECHOED,

    /// <summary>Established.</summary>
    Established = SCTP_CONNTRACK.SCTP_CONNTRACK_ESTABLISHED,

    /// <summary>SHUTDOWN of the original direction.</summary>
    ShutdownSent = SCTP_CONNTRACK.SCTP_CONNTRACK_SHUTDOWN_SENT,

    /// <summary>SHUTDOWN of the other direction.</summary>
    ShutdownReceived = SCTP_CONNTRACK.SCTP_CONNTRACK_SHUTDOWN_RECD,

    /// <summary>SHUTDOWN, acknowledged.</summary>
    ShutdownAckSent = SCTP_CONNTRACK.SCTP_CONNTRACK_SHUTDOWN_ACK_SENT,

    /// <summary>A heartbeat of an association whose beginning was not seen.</summary>
    HeartbeatSent = SCTP_CONNTRACK.SCTP_CONNTRACK_HEARTBEAT_SENT,

    /// <summary>Its answer; not used by newer kernels.</summary>
    HeartbeatAcked = SCTP_CONNTRACK.SCTP_CONNTRACK_HEARTBEAT_ACKED,
}
