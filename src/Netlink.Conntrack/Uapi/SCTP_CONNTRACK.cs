namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>enum sctp_conntrack</c> of <c>linux/netfilter/nf_conntrack_sctp.h</c>: how far an SCTP association got.</summary>
public enum SCTP_CONNTRACK : byte
{
    /// <summary>Nothing seen.</summary>
    SCTP_CONNTRACK_NONE,

    /// <summary>Closed.</summary>
    SCTP_CONNTRACK_CLOSED,

    /// <summary>INIT.</summary>
    SCTP_CONNTRACK_COOKIE_WAIT,

    /// <summary>COOKIE ECHO.</summary>
    SCTP_CONNTRACK_COOKIE_ECHOED,

    /// <summary>Established.</summary>
    SCTP_CONNTRACK_ESTABLISHED,

    /// <summary>SHUTDOWN of the original direction.</summary>
    SCTP_CONNTRACK_SHUTDOWN_SENT,

    /// <summary>SHUTDOWN of the other direction.</summary>
    SCTP_CONNTRACK_SHUTDOWN_RECD,

    /// <summary>SHUTDOWN, acknowledged.</summary>
    SCTP_CONNTRACK_SHUTDOWN_ACK_SENT,

    /// <summary>A heartbeat of an association whose beginning was not seen.</summary>
    SCTP_CONNTRACK_HEARTBEAT_SENT,

    /// <summary>Not used any more.</summary>
    SCTP_CONNTRACK_HEARTBEAT_ACKED,
}
