using VffNetlink.Conntrack.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>What one side of a TCP connection did (<see cref="IP_CT_TCP_FLAG"/>).</summary>
[Flags]
public enum TcpFlags : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>It offers window scaling.</summary>
    WindowScale = IP_CT_TCP_FLAG.IP_CT_TCP_FLAG_WINDOW_SCALE,

    /// <summary>It permits selective acknowledgements.</summary>
    SackPermitted = IP_CT_TCP_FLAG.IP_CT_TCP_FLAG_SACK_PERM,

    /// <summary>It sent the first FIN.</summary>
    CloseInitiated = IP_CT_TCP_FLAG.IP_CT_TCP_FLAG_CLOSE_INIT,

    /// <summary>Its windows are not checked strictly: for a flow whose beginning the kernel did not see.</summary>
    BeLiberal = IP_CT_TCP_FLAG.IP_CT_TCP_FLAG_BE_LIBERAL,

    /// <summary>It has unacknowledged data.</summary>
    DataUnacknowledged = IP_CT_TCP_FLAG.IP_CT_TCP_FLAG_DATA_UNACKNOWLEDGED,

    /// <summary>Its highest acknowledgement is known.</summary>
    HighestAckKnown = IP_CT_TCP_FLAG.IP_CT_TCP_FLAG_MAXACK_SET,

    /// <summary>A challenge acknowledgement (RFC 5961) is expected.</summary>
    ChallengeAckExpected = IP_CT_TCP_FLAG.IP_CT_EXP_CHALLENGE_ACK,

    /// <summary>Both sides opened at once.</summary>
    SimultaneousOpen = IP_CT_TCP_FLAG.IP_CT_TCP_SIMULTANEOUS_OPEN,
}
