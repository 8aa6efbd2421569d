namespace VffNetlink.Uapi;

/// <summary><c>IF_OPER_*</c> of <c>linux/if.h</c>: the operational state (RFC 2863).</summary>
public enum IF_OPER : byte
{
    /// <summary>Not known.</summary>
    IF_OPER_UNKNOWN,

    /// <summary>Not there.</summary>
    IF_OPER_NOTPRESENT,

    /// <summary>Down.</summary>
    IF_OPER_DOWN,

    /// <summary>The link below is down.</summary>
    IF_OPER_LOWERLAYERDOWN,

    /// <summary>Being tested.</summary>
    IF_OPER_TESTING,

    /// <summary>Waiting for something outside.</summary>
    IF_OPER_DORMANT,

    /// <summary>Up.</summary>
    IF_OPER_UP,
}
