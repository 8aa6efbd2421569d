namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>IP_CT_TCP_FLAG_*</c> of <c>linux/netfilter/nf_conntrack_tcp.h</c>: what one side of a TCP connection did.</summary>
[Flags]
public enum IP_CT_TCP_FLAG : byte
{
    /// <summary>It offers window scaling.</summary>
    IP_CT_TCP_FLAG_WINDOW_SCALE = 0x01,

    /// <summary>It permits selective acknowledgements.</summary>
    IP_CT_TCP_FLAG_SACK_PERM = 0x02,

    /// <summary>It sent the first FIN.</summary>
    IP_CT_TCP_FLAG_CLOSE_INIT = 0x04,

    /// <summary>Its windows are not checked strictly.</summary>
    IP_CT_TCP_FLAG_BE_LIBERAL = 0x08,

    /// <summary>It has unacknowledged data.</summary>
    IP_CT_TCP_FLAG_DATA_UNACKNOWLEDGED = 0x10,

    /// <summary>Its highest acknowledgement is known.</summary>
    IP_CT_TCP_FLAG_MAXACK_SET = 0x20,

    /// <summary>A challenge acknowledgement (RFC 5961) is expected.</summary>
    IP_CT_EXP_CHALLENGE_ACK = 0x40,

    /// <summary>Both sides opened at once.</summary>
    IP_CT_TCP_SIMULTANEOUS_OPEN = 0x80,
}
