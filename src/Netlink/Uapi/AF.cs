namespace VffNetlink.Uapi;

/// <summary>The address families <c>AF_*</c> of <c>sys/socket.h</c> that messages of NETLINK_ROUTE bear, also as the attributes inside IFLA_AF_SPEC.</summary>
public enum AF : ushort
{
    /// <summary>None, or any.</summary>
    AF_UNSPEC = 0,

    /// <summary>IPv4.</summary>
    AF_INET = 2,

    /// <summary>Bridges.</summary>
    AF_BRIDGE = 7,

    /// <summary>IPv6.</summary>
    AF_INET6 = 10,

    /// <summary>Packet sockets.</summary>
    AF_PACKET = 17,

    /// <summary>MPLS.</summary>
    AF_MPLS = 28,
}
