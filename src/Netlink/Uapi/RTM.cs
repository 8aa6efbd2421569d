namespace VffNetlink.Uapi;

/// <summary>The message types of NETLINK_ROUTE for links, addresses, routes, neighbours, rules, namespace ids and nexthop objects (<c>RTM_*</c> of <c>linux/rtnetlink.h</c>).</summary>
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

    /// <summary>A neighbour was learnt or changed, or add one.</summary>
    RTM_NEWNEIGH = 28,

    /// <summary>A neighbour went away, or remove one.</summary>
    RTM_DELNEIGH = 29,

    /// <summary>Tell about neighbours.</summary>
    RTM_GETNEIGH = 30,

    /// <summary>A routing rule was added, or add one.</summary>
    RTM_NEWRULE = 32,

    /// <summary>A routing rule went away, or remove one.</summary>
    RTM_DELRULE = 33,

    /// <summary>Tell about routing rules.</summary>
    RTM_GETRULE = 34,

    /// <summary>A network namespace got a number, or give it one.</summary>
    RTM_NEWNSID = 88,

    /// <summary>A network namespace lost its number.</summary>
    RTM_DELNSID = 89,

    /// <summary>Tell the number of a network namespace.</summary>
    RTM_GETNSID = 90,

    /// <summary>A nexthop object was made or changed, or make one (Linux 5.3).</summary>
    RTM_NEWNEXTHOP = 104,

    /// <summary>A nexthop object went away, or remove one (Linux 5.3).</summary>
    RTM_DELNEXTHOP = 105,

    /// <summary>Tell about nexthop objects (Linux 5.3).</summary>
    RTM_GETNEXTHOP = 106,

    /// <summary>Add properties, such as alternative names, to a link.</summary>
    RTM_NEWLINKPROP = 108,

    /// <summary>Take properties from a link.</summary>
    RTM_DELLINKPROP = 109,

    /// <summary>Not used.</summary>
    RTM_GETLINKPROP = 110,
}
