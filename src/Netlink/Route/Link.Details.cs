using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <content>What single attributes say. Each is null or empty where the kernel did not tell.</content>
public sealed partial record Link
{
    /// <summary>The alias; none where none is set (<c>IFLA_IFALIAS</c>).</summary>
    public string? Alias { get; init; }

    /// <summary>Bytes (<c>IFLA_MTU</c>).</summary>
    public uint Mtu { get; init; }

    /// <summary>Packets (<c>IFLA_TXQLEN</c>).</summary>
    public uint TxQueueLength { get; init; }

    /// <summary>The link-layer address (<c>IFLA_ADDRESS</c>).</summary>
    public LinkLayerAddress HardwareAddress { get; init; }

    /// <summary>The link-layer broadcast address, or a tunnel's other end (<c>IFLA_BROADCAST</c>).</summary>
    public LinkLayerAddress BroadcastAddress { get; init; }

    /// <summary>The address that the hardware came with (<c>IFLA_PERM_ADDRESS</c>).</summary>
    public LinkLayerAddress PermanentAddress { get; init; }

    /// <summary>The link below, or the peer, perhaps in another namespace; null where there is none (<c>IFLA_LINK</c>).</summary>
    public int? ParentIndex { get; init; }

    /// <summary>The number of the namespace that <see cref="ParentIndex"/> lives in; null: the same (<c>IFLA_LINK_NETNSID</c>).</summary>
    public int? ParentNamespaceId { get; init; }

    /// <summary>The bridge, bond or VRF that it belongs to; null where there is none (<c>IFLA_MASTER</c>).</summary>
    public int? MasterIndex { get; init; }

    /// <summary>Group of links; 0 is the default (<c>IFLA_GROUP</c>).</summary>
    public uint Group { get; init; }

    /// <summary>What can be done with it (<c>IFLA_OPERSTATE</c>).</summary>
    public IF_OPER? OperationalState { get; init; }

    /// <summary>0: default, 1: dormant (<c>IFLA_LINKMODE</c>).</summary>
    public byte? LinkMode { get; init; }

    /// <summary>Whether the driver sees a carrier (<c>IFLA_CARRIER</c>).</summary>
    public bool? Carrier { get; init; }

    /// <summary>How often the carrier came and went (<c>IFLA_CARRIER_CHANGES</c>).</summary>
    public uint? CarrierChanges { get; init; }

    /// <summary>How often it came (<c>IFLA_CARRIER_UP_COUNT</c>).</summary>
    public uint? CarrierUpCount { get; init; }

    /// <summary>How often it went (<c>IFLA_CARRIER_DOWN_COUNT</c>).</summary>
    public uint? CarrierDownCount { get; init; }

    /// <summary>The kind of the root qdisc (<c>IFLA_QDISC</c>).</summary>
    public string? Qdisc { get; init; }

    /// <summary>How often promiscuous mode was asked for (<c>IFLA_PROMISCUITY</c>).</summary>
    public uint? Promiscuity { get; init; }

    /// <summary>How often all multicast was asked for (Linux 6.0) (<c>IFLA_ALLMULTI</c>).</summary>
    public uint? AllMulticast { get; init; }

    /// <summary>Bytes; 0: not told by the driver (<c>IFLA_MIN_MTU</c>).</summary>
    public uint? MinimumMtu { get; init; }

    /// <summary>Bytes; 0: no limit (<c>IFLA_MAX_MTU</c>).</summary>
    public uint? MaximumMtu { get; init; }

    /// <summary>Queues to send by (<c>IFLA_NUM_TX_QUEUES</c>).</summary>
    public uint? TxQueues { get; init; }

    /// <summary>Queues to receive by (<c>IFLA_NUM_RX_QUEUES</c>).</summary>
    public uint? RxQueues { get; init; }

    /// <summary>Bytes of a packet that is cut later (<c>IFLA_GSO_MAX_SIZE</c>).</summary>
    public uint? GsoMaximumSize { get; init; }

    /// <summary>Segments of a packet that is cut later (<c>IFLA_GSO_MAX_SEGS</c>).</summary>
    public uint? GsoMaximumSegments { get; init; }

    /// <summary>Bytes that the device cuts (Linux 5.19) (<c>IFLA_TSO_MAX_SIZE</c>).</summary>
    public uint? TsoMaximumSize { get; init; }

    /// <summary>Segments that the device cuts into (Linux 5.19) (<c>IFLA_TSO_MAX_SEGS</c>).</summary>
    public uint? TsoMaximumSegments { get; init; }

    /// <summary>Bytes of what is put together on receipt (Linux 5.19) (<c>IFLA_GRO_MAX_SIZE</c>).</summary>
    public uint? GroMaximumSize { get; init; }

    /// <summary>As <see cref="GsoMaximumSize"/>, of IPv4 (Linux 6.3) (<c>IFLA_GSO_IPV4_MAX_SIZE</c>).</summary>
    public uint? GsoIPv4MaximumSize { get; init; }

    /// <summary>As <see cref="GroMaximumSize"/>, of IPv4 (Linux 6.3) (<c>IFLA_GRO_IPV4_MAX_SIZE</c>).</summary>
    public uint? GroIPv4MaximumSize { get; init; }

    /// <summary>Whether a protocol holds it down (<c>IFLA_PROTO_DOWN</c>).</summary>
    public bool? ProtocolDown { get; init; }

    /// <summary>How many virtual functions it has; only told with <see cref="RTEXT_FILTER.RTEXT_FILTER_VF"/> (<c>IFLA_NUM_VF</c>).</summary>
    public uint? VirtualFunctions { get; init; }

    /// <summary>The device that it is part of, such as <c>0000:00:03.0</c> (<c>IFLA_PARENT_DEV_NAME</c>).</summary>
    public string? ParentDevice { get; init; }

    /// <summary>That device's bus, such as <c>pci</c> (<c>IFLA_PARENT_DEV_BUS_NAME</c>).</summary>
    public string? ParentBus { get; init; }

    /// <summary>The port's name on a switch (<c>IFLA_PHYS_PORT_NAME</c>).</summary>
    public string? PhysicalPort { get; init; }

    /// <summary>The port's identity (<c>IFLA_PHYS_PORT_ID</c>).</summary>
    public LinkLayerAddress PhysicalPortId { get; init; }

    /// <summary>The switch's identity (<c>IFLA_PHYS_SWITCH_ID</c>).</summary>
    public LinkLayerAddress PhysicalSwitchId { get; init; }

    /// <summary>The number of the namespace that the answer is about, where one was asked for (<c>IFLA_IF_NETNSID</c>).</summary>
    public int? NamespaceId { get; init; }

    /// <summary>Of a link that went away: the number of the namespace that it went to (<c>IFLA_NEW_NETNSID</c>).</summary>
    public int? NewNamespaceId { get; init; }

    /// <summary>Of a link that went away: its index in <see cref="NewNamespaceId"/> (<c>IFLA_NEW_IFINDEX</c>).</summary>
    public int? NewIndex { get; init; }

    /// <summary>What an event is about: IFLA_EVENT_* (<c>IFLA_EVENT</c>).</summary>
    public uint? Event { get; init; }

    /// <summary>Nanoseconds that the device can hold a packet back (Linux 6.13) (<c>IFLA_MAX_PACING_OFFLOAD_HORIZON</c>).</summary>
    public uint? MaximumPacingHorizon { get; init; }

    /// <summary>Whether it can never move to another namespace (Linux 6.15) (<c>IFLA_NETNS_IMMUTABLE</c>).</summary>
    public bool? IsNamespaceImmutable { get; init; }
}
