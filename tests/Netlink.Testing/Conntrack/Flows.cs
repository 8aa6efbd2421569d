using VffNetlink.Conntrack;

namespace VffNetlink.Testing.Conntrack;

/// <summary>The tuples that the captured commands name.</summary>
internal static class Flows
{
    public static readonly InetAddress Client4 = InetAddress.Parse("192.0.2.1");
    public static readonly InetAddress Server4 = InetAddress.Parse("198.51.100.1");
    public static readonly InetAddress Client6 = InetAddress.Parse("2001:db8::1");
    public static readonly InetAddress Server6 = InetAddress.Parse("2001:db8::2");

    public static readonly ConntrackTuple Tcp4 = new(IpProtocol.Tcp, Client4, 5000, Server4, 443);
    public static readonly ConntrackTuple Udp4 = new(IpProtocol.Udp, Client4, 41000, Server4, 443);
    public static readonly ConntrackTuple Udp6 = new(IpProtocol.Udp, Client6, 41000, Server6, 443);
    public static readonly ConntrackTuple Icmp4 = ConntrackTuple.Icmp(Client4, Server4, 8, 0, 77);
    public static readonly ConntrackTuple Icmp6 = ConntrackTuple.Icmp(Client6, Server6, 128, 0, 78);

    /// <summary>A new flow of half an hour.</summary>
    public static Flow New(in ConntrackTuple tuple, uint? mark = null) => new() { Original = tuple, Mark = mark, Timeout = TimeSpan.FromMinutes(30) };

    /// <summary>The nth client's tuple.</summary>
    public static ConntrackTuple Numbered(int n, IpProtocol protocol = IpProtocol.Tcp, ushort destinationPort = 443) => new(
        protocol, new InetAddress([10, (byte)(n >> 16), (byte)(n >> 8), (byte)n]), (ushort)(1024 + (n % 60_000)), Server4, destinationPort);

    /// <summary>The nth client's tuple in IPv6.</summary>
    public static ConntrackTuple Numbered6(int n, IpProtocol protocol = IpProtocol.Tcp, ushort destinationPort = 443) => new(
        protocol, new InetAddress([0x20, 1, 0xd, 0xb8, 0, 1, 0, 0, 0, 0, 0, 0, 0, (byte)(n >> 16), (byte)(n >> 8), (byte)n]), (ushort)(1024 + (n % 60_000)), Server6, destinationPort);
}
