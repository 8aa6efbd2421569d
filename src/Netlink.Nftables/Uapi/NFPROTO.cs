namespace VffNetlink.Nftables.Uapi;

/// <summary><c>NFPROTO_*</c> of <c>linux/netfilter.h</c>: the families of tables.</summary>
public enum NFPROTO : byte
{
    /// <summary>None, or all.</summary>
    NFPROTO_UNSPEC = 0,

    /// <summary>IPv4 and IPv6.</summary>
    NFPROTO_INET = 1,

    /// <summary>IPv4.</summary>
    NFPROTO_IPV4 = 2,

    /// <summary>ARP.</summary>
    NFPROTO_ARP = 3,

    /// <summary>A device's own hooks.</summary>
    NFPROTO_NETDEV = 5,

    /// <summary>Bridges.</summary>
    NFPROTO_BRIDGE = 7,

    /// <summary>IPv6.</summary>
    NFPROTO_IPV6 = 10,
}
