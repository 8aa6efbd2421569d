namespace VffNetlink.Conntrack;

/// <summary>The ICMP messages that ask and answer; only they make flows.</summary>
internal static class IcmpExchange
{
    /// <summary>The type that answers a type, or that it answers.</summary>
    /// <exception cref="InvalidOperationException">It is not part of an exchange.</exception>
    public static int Counterpart(IpProtocol protocol, int type) => (protocol, type) switch
    {
        (IpProtocol.Icmp, 8) => 0, // echo
        (IpProtocol.Icmp, 0) => 8,
        (IpProtocol.Icmp, 13) => 14, // timestamp
        (IpProtocol.Icmp, 14) => 13,
        (IpProtocol.Icmp, 15) => 16, // information
        (IpProtocol.Icmp, 16) => 15,
        (IpProtocol.Icmp, 17) => 18, // address mask
        (IpProtocol.Icmp, 18) => 17,
        (IpProtocol.IcmpV6, 128) => 129, // echo
        (IpProtocol.IcmpV6, 129) => 128,
        (IpProtocol.IcmpV6, 139) => 140, // node information
        (IpProtocol.IcmpV6, 140) => 139,
        _ => throw new InvalidOperationException($"{protocol} type {type} is not part of an exchange and makes no flow."),
    };
}
