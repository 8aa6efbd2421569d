namespace VffNetlink;

/// <summary>What an IP packet carries (<c>IPPROTO_*</c> of <c>linux/in.h</c>). Any other number of 8 bits is a valid value, too.</summary>
public enum IpProtocol : byte
{
    /// <summary>Not set; in IPv6 the hop-by-hop options.</summary>
    Unspecified = 0,

    /// <summary>Control messages of IPv4.</summary>
    Icmp = 1,

    /// <summary>Group membership.</summary>
    Igmp = 2,

    /// <summary>TCP.</summary>
    Tcp = 6,

    /// <summary>UDP.</summary>
    Udp = 17,

    /// <summary>Datagrams with congestion control.</summary>
    Dccp = 33,

    /// <summary>Generic tunnels.</summary>
    Gre = 47,

    /// <summary>IPsec: encrypted.</summary>
    Esp = 50,

    /// <summary>IPsec: authenticated.</summary>
    Ah = 51,

    /// <summary>Control messages of IPv6.</summary>
    IcmpV6 = 58,

    /// <summary>Streams and messages over several paths.</summary>
    Sctp = 132,

    /// <summary>UDP with a checksum over a part of the data.</summary>
    UdpLite = 136,
}
