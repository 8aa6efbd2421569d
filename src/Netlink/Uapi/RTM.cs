namespace VffNetlink.Uapi;

/// <summary>The message types of NETLINK_ROUTE for links, addresses and routes (<c>RTM_*</c> of <c>linux/rtnetlink.h</c>).</summary>
public enum RTM : ushort
{
    /// <summary>A link was made or changed, or make one.</summary>
    RTM_NEWLINK = 16,

    /// <summary>A link went away, or remove one.</summary>
    RTM_DELLINK = 17,

    /// <summary>Tell about links.</summary>
    RTM_GETLINK = 18,

    /// <summary>Change a link.</summary>
    RTM_SETLINK = 19,

    /// <summary>An address was added, or add one.</summary>
    RTM_NEWADDR = 20,

    /// <summary>An address went away, or remove one.</summary>
    RTM_DELADDR = 21,

    /// <summary>Tell about addresses.</summary>
    RTM_GETADDR = 22,

    /// <summary>A route was added, or add one.</summary>
    RTM_NEWROUTE = 24,

    /// <summary>A route went away, or remove one.</summary>
    RTM_DELROUTE = 25,

    /// <summary>Tell about routes.</summary>
    RTM_GETROUTE = 26,
}
