using VffNetlink.Nftables.Uapi;

namespace VffNetlink.Nftables;

/// <summary>The families that tables belong to, with the kernel's numbers (<see cref="NFPROTO"/>) and <c>nft</c>'s names.</summary>
public enum NftFamily : byte
{
    /// <summary>All of them, in a request for a list.</summary>
    Unspecified = NFPROTO.NFPROTO_UNSPEC,

    /// <summary>IPv4 and IPv6 (<c>inet</c>).</summary>
    Inet = NFPROTO.NFPROTO_INET,

    /// <summary>IPv4 (<c>ip</c>).</summary>
    Ip = NFPROTO.NFPROTO_IPV4,

    /// <summary>ARP (<c>arp</c>).</summary>
    Arp = NFPROTO.NFPROTO_ARP,

    /// <summary>A device's own hooks (<c>netdev</c>).</summary>
    Netdev = NFPROTO.NFPROTO_NETDEV,

    /// <summary>Bridges (<c>bridge</c>).</summary>
    Bridge = NFPROTO.NFPROTO_BRIDGE,

    /// <summary>IPv6 (<c>ip6</c>).</summary>
    Ip6 = NFPROTO.NFPROTO_IPV6,
}
