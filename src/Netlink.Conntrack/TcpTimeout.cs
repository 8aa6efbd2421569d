using VffNetlink.Conntrack.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>The states of TCP that have a timeout (<see cref="CTA_TIMEOUT_TCP"/>).</summary>
public enum TcpTimeout : ushort
{
    /// <summary>Behind a SYN.</summary>
    SynSent = CTA_TIMEOUT_TCP.CTA_TIMEOUT_TCP_SYN_SENT,

    /// <summary>Behind its answer.</summary>
    SynReceived = CTA_TIMEOUT_TCP.CTA_TIMEOUT_TCP_SYN_RECV,

    /// <summary>Of an established connection.</summary>
    Established = CTA_TIMEOUT_TCP.CTA_TIMEOUT_TCP_ESTABLISHED,

    /// <summary>Behind the first FIN.</summary>
    FinWait = CTA_TIMEOUT_TCP.CTA_TIMEOUT_TCP_FIN_WAIT,

    /// <summary>Behind its acknowledgement.</summary>
    CloseWait = CTA_TIMEOUT_TCP.CTA_TIMEOUT_TCP_CLOSE_WAIT,

    /// <summary>Behind the second FIN.</summary>
    LastAck = CTA_TIMEOUT_TCP.CTA_TIMEOUT_TCP_LAST_ACK,

    /// <summary>Of a connection that is over.</summary>
    TimeWait = CTA_TIMEOUT_TCP.CTA_TIMEOUT_TCP_TIME_WAIT,

    /// <summary>Behind a reset.</summary>
    Close = CTA_TIMEOUT_TCP.CTA_TIMEOUT_TCP_CLOSE,

    /// <summary>Behind SYNs of both sides.</summary>
    SynSent2 = CTA_TIMEOUT_TCP.CTA_TIMEOUT_TCP_SYN_SENT2,

    /// <summary>Behind many retransmissions without an answer.</summary>
    Retransmitted = CTA_TIMEOUT_TCP.CTA_TIMEOUT_TCP_RETRANS,

    /// <summary>While data are not acknowledged.</summary>
    Unacknowledged = CTA_TIMEOUT_TCP.CTA_TIMEOUT_TCP_UNACK,
}
