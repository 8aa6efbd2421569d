namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>enum tcp_conntrack</c> of <c>linux/netfilter/nf_conntrack_tcp.h</c>: how far a TCP connection got.</summary>
public enum TCP_CONNTRACK : byte
{
    /// <summary>Nothing seen.</summary>
    TCP_CONNTRACK_NONE,

    /// <summary>SYN.</summary>
    TCP_CONNTRACK_SYN_SENT,

    /// <summary>SYN and its answer.</summary>
    TCP_CONNTRACK_SYN_RECV,

    /// <summary>Established.</summary>
    TCP_CONNTRACK_ESTABLISHED,

    /// <summary>FIN of one side.</summary>
    TCP_CONNTRACK_FIN_WAIT,

    /// <summary>FIN of one side, acknowledged.</summary>
    TCP_CONNTRACK_CLOSE_WAIT,

    /// <summary>FIN of both sides.</summary>
    TCP_CONNTRACK_LAST_ACK,

    /// <summary>Over.</summary>
    TCP_CONNTRACK_TIME_WAIT,

    /// <summary>Reset.</summary>
    TCP_CONNTRACK_CLOSE,

    /// <summary>SYN of both sides; <c>TCP_CONNTRACK_LISTEN</c> of old.</summary>
    TCP_CONNTRACK_SYN_SENT2,
}
