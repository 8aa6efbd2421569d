using System.Globalization;
using System.Runtime.CompilerServices;

namespace VffNetlink.Conntrack;

/// <content>Text for people and errors.</content>
public readonly partial struct ConntrackTuple
{
    /// <summary>
    /// Such as <c>tcp 192.0.2.1:5000 -> 198.51.100.1:443</c>, <c>udp [2001:db8::1]:53 -> [2001:db8::2]:443 zone 7</c> or
    /// <c>icmp 192.0.2.1 -> 198.51.100.1 type 8 code 0 id 77</c>.
    /// </summary>
    public override string ToString()
    {
        if (_family == InetFamily.Unspecified)
            return "no tuple";
        var zone = _zone == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" zone {_zone}");
        if (IsIcmp)
            return string.Create(CultureInfo.InvariantCulture, $"{Name} {Source} -> {Destination} type {IcmpType} code {IcmpCode} id {IcmpId}{zone}");
        if (_protocol == IpProtocol.Gre)
            return string.Create(CultureInfo.InvariantCulture, $"{Name} {Source} -> {Destination} key 0x{_sourcePort:x} 0x{_destinationPort:x}{zone}");
        return HasPorts
            ? string.Create(CultureInfo.InvariantCulture, $"{Name} {Endpoint(Source, _sourcePort)} -> {Endpoint(Destination, _destinationPort)}{zone}")
            : $"{Name} {Source} -> {Destination}{zone}";
    }

    /// <summary>Whether the transport has ports, or stands for one that has.</summary>
    internal bool HasPorts
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _protocol is IpProtocol.Tcp or IpProtocol.Udp || HasOtherPorts;
    }

    private bool HasOtherPorts => _protocol is IpProtocol.Sctp or IpProtocol.UdpLite or IpProtocol.Dccp or IpProtocol.Gre || (!IsIcmp && (_sourcePort | _destinationPort) != 0);

    private string Name => _protocol switch
    {
        IpProtocol.Icmp => "icmp",
        IpProtocol.Tcp => "tcp",
        IpProtocol.Udp => "udp",
        IpProtocol.Dccp => "dccp",
        IpProtocol.Gre => "gre",
        IpProtocol.IcmpV6 => "icmpv6",
        IpProtocol.Sctp => "sctp",
        IpProtocol.UdpLite => "udplite",
        _ => string.Create(CultureInfo.InvariantCulture, $"protocol {(byte)_protocol}"),
    };

    private static string Endpoint(InetAddress address, ushort port) =>
        address.IsIPv6 ? string.Create(CultureInfo.InvariantCulture, $"[{address}]:{port}") : string.Create(CultureInfo.InvariantCulture, $"{address}:{port}");
}
