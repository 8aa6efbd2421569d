namespace VffNetlink.Uapi;

/// <summary>The netlink protocols (<c>NETLINK_*</c> of <c>linux/netlink.h</c>) that these libraries speak.</summary>
public enum NETLINK
{
    /// <summary>Links, addresses, routes, traffic control.</summary>
    NETLINK_ROUTE = 0,

    /// <summary>A playground for user programs; no kernel part listens.</summary>
    NETLINK_USERSOCK = 2,

    /// <summary>nfnetlink: connection tracking, nf_tables.</summary>
    NETLINK_NETFILTER = 12,

    /// <summary>Generic netlink.</summary>
    NETLINK_GENERIC = 16,
}
