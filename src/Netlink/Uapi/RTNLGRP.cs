namespace VffNetlink.Uapi;

/// <summary><c>enum rtnetlink_groups</c> of <c>linux/rtnetlink.h</c>: the notification groups of NETLINK_ROUTE.</summary>
public enum RTNLGRP : uint
{
    /// <summary>No group.</summary>
    RTNLGRP_NONE,

    /// <summary>Links.</summary>
    RTNLGRP_LINK,

    /// <summary>Not used any more.</summary>
    RTNLGRP_NOTIFY,

    /// <summary>Neighbours.</summary>
    RTNLGRP_NEIGH,

    /// <summary>Traffic control.</summary>
    RTNLGRP_TC,

    /// <summary>IPv4 addresses.</summary>
    RTNLGRP_IPV4_IFADDR,

    /// <summary>IPv4 multicast routes.</summary>
    RTNLGRP_IPV4_MROUTE,

    /// <summary>IPv4 routes.</summary>
    RTNLGRP_IPV4_ROUTE,

    /// <summary>IPv4 rules.</summary>
    RTNLGRP_IPV4_RULE,

    /// <summary>IPv6 addresses.</summary>
    RTNLGRP_IPV6_IFADDR,

    /// <summary>IPv6 multicast routes.</summary>
    RTNLGRP_IPV6_MROUTE,

    /// <summary>IPv6 routes.</summary>
    RTNLGRP_IPV6_ROUTE,

    /// <summary>IPv6 settings of links.</summary>
    RTNLGRP_IPV6_IFINFO,

    /// <summary>IPv6 rules.</summary>
    RTNLGRP_IPV6_RULE = 19,

    /// <summary>Numbers of network namespaces.</summary>
    RTNLGRP_NSID = 28,

    /// <summary>Nexthop objects (Linux 5.3).</summary>
    RTNLGRP_NEXTHOP = 32,
}
