using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>What to change of a link, or to set on a new one. What is null stays as it is.</summary>
public readonly partial record struct LinkChange
{
    /// <summary>Administratively up or down.</summary>
    public bool? Up { get; init; }

    /// <summary>Whether neighbours are resolved (<c>IFF_NOARP</c> is not set).</summary>
    public bool? Arp { get; init; }

    /// <summary>Whether it receives everything.</summary>
    public bool? Promiscuous { get; init; }

    /// <summary>Whether it receives all multicast.</summary>
    public bool? AllMulticast { get; init; }

    /// <summary>Whether multicast works.</summary>
    public bool? Multicast { get; init; }

    /// <summary>At most 255 bytes; the empty string removes it.</summary>
    public string? Alias { get; init; }

    /// <summary>Packets (<c>IFLA_TXQLEN</c>).</summary>
    public uint? TxQueueLength { get; init; }

    /// <summary>Bytes.</summary>
    public uint? Mtu { get; init; }

    /// <summary>A new name; the link must be down on kernels before 6.2.</summary>
    public string? Name { get; init; }

    /// <summary>The link-layer address.</summary>
    public LinkLayerAddress Address { get; init; }

    /// <summary>The link-layer broadcast address.</summary>
    public LinkLayerAddress BroadcastAddress { get; init; }

    /// <summary>Group of links; 0 is the default.</summary>
    public uint? Group { get; init; }

    /// <summary>The bridge, bond or VRF that it belongs to; 0: none.</summary>
    public int? MasterIndex { get; init; }

    /// <summary>Of a new link: the link below it.</summary>
    public int? ParentIndex { get; init; }

    /// <summary>Of a new link: the number of the namespace that <see cref="ParentIndex"/> lives in.</summary>
    public int? ParentNamespaceId { get; init; }

    /// <summary>Of a new link: queues to send by.</summary>
    public uint? TxQueues { get; init; }

    /// <summary>Of a new link: queues to receive by.</summary>
    public uint? RxQueues { get; init; }

    /// <summary>Bytes of a packet that is cut later.</summary>
    public uint? GsoMaximumSize { get; init; }

    /// <summary>Segments of a packet that is cut later.</summary>
    public uint? GsoMaximumSegments { get; init; }

    /// <summary>Bytes of what is put together on receipt (Linux 5.19).</summary>
    public uint? GroMaximumSize { get; init; }

    /// <summary>0: default, 1: dormant.</summary>
    public byte? LinkMode { get; init; }

    /// <summary>The operational state, where the driver leaves it to others.</summary>
    public IF_OPER? OperationalState { get; init; }

    /// <summary>Whether a virtual link has a carrier.</summary>
    public bool? Carrier { get; init; }

    /// <summary>Whether a protocol holds it down.</summary>
    public bool? ProtocolDown { get; init; }

    /// <summary>How IPv6 addresses are made; only of a link that is there (a new one: EAFNOSUPPORT).</summary>
    public IN6_ADDR_GEN_MODE? AddressGenerationMode { get; init; }

    /// <summary>The namespace that it moves to, with a new index perhaps.</summary>
    public NetworkNamespace? Namespace { get; init; }

    /// <summary>A process whose namespace it moves to.</summary>
    public uint? NamespaceProcess { get; init; }

    /// <summary>
    /// The number of the namespace that it moves to (<see cref="RouteClient.SetNamespaceId"/>). A new link of a name that is taken here, too, older kernels refuse
    /// (<c>EEXIST</c> on 6.1 and 6.12, not on 6.18).
    /// </summary>
    public int? NamespaceId { get; init; }

    /// <summary>More attributes, written as they are.</summary>
    public RawAttributes Other { get; init; }
}
