namespace VffNetlink.Uapi;

/// <summary>The message types that every family shares (<c>NLMSG_*</c> of <c>linux/netlink.h</c>).</summary>
public enum NLMSG : ushort
{
    /// <summary>Nothing; to be skipped.</summary>
    NLMSG_NOOP = 1,

    /// <summary>An error, or an acknowledgement where its code is 0.</summary>
    NLMSG_ERROR = 2,

    /// <summary>End of a dump.</summary>
    NLMSG_DONE = 3,

    /// <summary>Data were lost.</summary>
    NLMSG_OVERRUN = 4,

    /// <summary>The first number that belongs to a family.</summary>
    NLMSG_MIN_TYPE = 0x10,
}
