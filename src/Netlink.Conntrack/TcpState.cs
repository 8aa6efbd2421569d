using VffNetlink.Conntrack.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>How far a TCP connection got, as connection tracking sees it (<see cref="TCP_CONNTRACK"/>).</summary>
public enum TcpState : byte
{
    /// <summary>Nothing seen.</summary>
    None = TCP_CONNTRACK.TCP_CONNTRACK_NONE,

    /// <summary>SYN.</summary>
    SynSent = TCP_CONNTRACK.TCP_CONNTRACK_SYN_SENT,

    /// <summary>SYN and its answer.</summary>
    SynReceived = TCP_CONNTRACK.TCP_CONNTRACK_SYN_RECV,

    /// <summary>Established.</summary>
    Established = TCP_CONNTRACK.TCP_CONNTRACK_ESTABLISHED,

    /// <summary>FIN of one side.</summary>
    FinWait = TCP_CONNTRACK.TCP_CONNTRACK_FIN_WAIT,

    /// <summary>FIN of one side, acknowledged.</summary>
    CloseWait = TCP_CONNTRACK.TCP_CONNTRACK_CLOSE_WAIT,

    /// <summary>FIN of both sides.</summary>
    LastAck = TCP_CONNTRACK.TCP_CONNTRACK_LAST_ACK,

    /// <summary>Over, and kept for stray packets.</summary>
    TimeWait = TCP_CONNTRACK.TCP_CONNTRACK_TIME_WAIT,

    /// <summary>Reset.</summary>
    Close = TCP_CONNTRACK.TCP_CONNTRACK_CLOSE,

    /// <summary>SYN of both sides.</summary>
    SynSent2 = TCP_CONNTRACK.TCP_CONNTRACK_SYN_SENT2,
}
