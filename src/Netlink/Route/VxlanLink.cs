using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>Ethernet in UDP. What is null is the kernel's default, or is not told.</summary>
public readonly partial record struct VxlanLink : ILinkKind<VxlanLink>
{
    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Kind => "vxlan"u8;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> KindName => Kind;

    /// <inheritdoc/>
    public AttributeSpace? DataNames => Names;

    /// <inheritdoc/>
    public bool IsSlave => false;

    /// <inheritdoc/>
    public int Room => 512 + Other.Span.Length;

    /// <summary>Link that packets leave by.</summary>
    public uint? LinkIndex { get; init; }

    /// <summary>0: the system's.</summary>
    public byte? TimeToLive { get; init; }

    /// <summary>1: that of the packet inside.</summary>
    public byte? TypeOfService { get; init; }

    /// <summary>Whether the time to live is that of the packet inside.</summary>
    public bool TimeToLiveInherit { get; init; }

    /// <summary>0: unset, 1: set, 2: as the packet inside.</summary>
    public byte? DontFragment { get; init; }

    /// <summary>20 bits.</summary>
    public uint? FlowLabel { get; init; }

    /// <summary>Seconds for which what was learnt is kept.</summary>
    public uint? Ageing { get; init; }

    /// <summary>How many addresses may be learnt; 0: any number.</summary>
    public uint? AddressLimit { get; init; }

    /// <summary>Whether IPv4 has UDP checksums.</summary>
    public bool? UdpChecksum { get; init; }

    /// <summary>Whether IPv6 is sent without UDP checksums.</summary>
    public bool? ZeroChecksum6Send { get; init; }

    /// <summary>Whether IPv6 is accepted without UDP checksums.</summary>
    public bool? ZeroChecksum6Receive { get; init; }

    /// <summary>Remote checksum offload.</summary>
    public bool? RemoteChecksumSend { get; init; }

    /// <summary>Remote checksum offload.</summary>
    public bool? RemoteChecksumReceive { get; init; }

    /// <summary>Whether packets to this host skip UDP (Linux 6.5).</summary>
    public bool? LocalBypass { get; init; }

    /// <summary>0: fixed flow label, 1: as the packet inside (Linux 6.8).</summary>
    public uint? LabelPolicy { get; init; }

    /// <summary>The network (VNI), 24 bits.</summary>
    public uint? Network { get; init; }

    /// <summary>Own IPv4 address.</summary>
    public InetAddress LocalIPv4 { get; init; }

    /// <summary>Own IPv6 address.</summary>
    public InetAddress LocalIPv6 { get; init; }

    /// <summary>IPv4 multicast group or other end.</summary>
    public InetAddress RemoteIPv4 { get; init; }

    /// <summary>IPv6 multicast group or other end.</summary>
    public InetAddress RemoteIPv6 { get; init; }

    /// <summary>Whether addresses are learnt.</summary>
    public bool? Learning { get; init; }

    /// <summary>Whether ARP is answered for others.</summary>
    public bool? Proxy { get; init; }

    /// <summary>Whether packets to known hosts skip the router.</summary>
    public bool? RouteShortCircuit { get; init; }

    /// <summary>Whether unknown link-layer addresses are told of.</summary>
    public bool? LinkMissNotifications { get; init; }

    /// <summary>Whether unknown network addresses are told of.</summary>
    public bool? NetworkMissNotifications { get; init; }

    /// <summary>Own UDP ports, in network byte order; 0: any.</summary>
    public ifla_vxlan_port_range? PortRange { get; init; }

    /// <summary>UDP port of the other ends.</summary>
    public ushort? Port { get; init; }

    /// <summary>Group policy extension.</summary>
    public bool GroupPolicy { get; init; }

    /// <summary>Generic protocol extension.</summary>
    public bool GenericProtocol { get; init; }

    /// <summary>Remote checksum offload.</summary>
    public bool RemoteChecksumNoPartial { get; init; }

    /// <summary>Whether the tunnel is chosen packet by packet (<c>external</c>).</summary>
    public bool? CollectMetadata { get; init; }

    /// <summary>Whether only listed networks are taken (Linux 5.18).</summary>
    public bool? VniFilter { get; init; }

    /// <summary>What this library has no name for, as it came; it is written back.</summary>
    public RawAttributes Other { get; init; }
}
