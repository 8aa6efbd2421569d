using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <content>What single attributes say. Each is null or empty where the kernel did not tell.</content>
public readonly ref partial struct LinkView
{
    /// <summary>The alias; none where none is set (<c>IFLA_IFALIAS</c>).</summary>
    public ReadOnlySpan<byte> Alias => _index.Utf8(IFLA.IFLA_IFALIAS);

    /// <summary>Bytes (<c>IFLA_MTU</c>).</summary>
    public uint Mtu => _index.UInt32(IFLA.IFLA_MTU) ?? 0;

    /// <summary>Packets (<c>IFLA_TXQLEN</c>).</summary>
    public uint TxQueueLength => _index.UInt32(IFLA.IFLA_TXQLEN) ?? 0;

    /// <summary>The link-layer address (<c>IFLA_ADDRESS</c>).</summary>
    public LinkLayerAddress HardwareAddress => LinkLayerAddress.Of(_index.Payload(IFLA.IFLA_ADDRESS));

    /// <summary>The link-layer broadcast address, or a tunnel's other end (<c>IFLA_BROADCAST</c>).</summary>
    public LinkLayerAddress BroadcastAddress => LinkLayerAddress.Of(_index.Payload(IFLA.IFLA_BROADCAST));

    /// <summary>The address that the hardware came with (<c>IFLA_PERM_ADDRESS</c>).</summary>
    public LinkLayerAddress PermanentAddress => LinkLayerAddress.Of(_index.Payload(IFLA.IFLA_PERM_ADDRESS));

    /// <summary>The link below, or the peer, perhaps in another namespace; null where there is none (<c>IFLA_LINK</c>).</summary>
    public int? ParentIndex => _index.Int32(IFLA.IFLA_LINK);

    /// <summary>The number of the namespace that <see cref="ParentIndex"/> lives in; null: the same (<c>IFLA_LINK_NETNSID</c>).</summary>
    public int? ParentNamespaceId => _index.Int32(IFLA.IFLA_LINK_NETNSID);

    /// <summary>The bridge, bond or VRF that it belongs to; null where there is none (<c>IFLA_MASTER</c>).</summary>
    public int? MasterIndex => _index.Int32(IFLA.IFLA_MASTER);

    /// <summary>Group of links; 0 is the default (<c>IFLA_GROUP</c>).</summary>
    public uint Group => _index.UInt32(IFLA.IFLA_GROUP) ?? 0;

    /// <summary>What can be done with it (<c>IFLA_OPERSTATE</c>).</summary>
    public IF_OPER? OperationalState => (IF_OPER?)_index.Byte(IFLA.IFLA_OPERSTATE);

    /// <summary>0: default, 1: dormant (<c>IFLA_LINKMODE</c>).</summary>
    public byte? LinkMode => _index.Byte(IFLA.IFLA_LINKMODE);

    /// <summary>Whether the driver sees a carrier (<c>IFLA_CARRIER</c>).</summary>
    public bool? Carrier => _index.Bool(IFLA.IFLA_CARRIER);

    /// <summary>How often the carrier came and went (<c>IFLA_CARRIER_CHANGES</c>).</summary>
    public uint? CarrierChanges => _index.UInt32(IFLA.IFLA_CARRIER_CHANGES);

    /// <summary>How often it came (<c>IFLA_CARRIER_UP_COUNT</c>).</summary>
    public uint? CarrierUpCount => _index.UInt32(IFLA.IFLA_CARRIER_UP_COUNT);

    /// <summary>How often it went (<c>IFLA_CARRIER_DOWN_COUNT</c>).</summary>
    public uint? CarrierDownCount => _index.UInt32(IFLA.IFLA_CARRIER_DOWN_COUNT);

    /// <summary>The kind of the root qdisc (<c>IFLA_QDISC</c>).</summary>
    public ReadOnlySpan<byte> Qdisc => _index.Utf8(IFLA.IFLA_QDISC);

    /// <summary>How often promiscuous mode was asked for (<c>IFLA_PROMISCUITY</c>).</summary>
    public uint? Promiscuity => _index.UInt32(IFLA.IFLA_PROMISCUITY);

    /// <summary>How often all multicast was asked for (Linux 6.0) (<c>IFLA_ALLMULTI</c>).</summary>
    public uint? AllMulticast => _index.UInt32(IFLA.IFLA_ALLMULTI);

    /// <summary>Bytes; 0: not told by the driver (<c>IFLA_MIN_MTU</c>).</summary>
    public uint? MinimumMtu => _index.UInt32(IFLA.IFLA_MIN_MTU);

    /// <summary>Bytes; 0: no limit (<c>IFLA_MAX_MTU</c>).</summary>
    public uint? MaximumMtu => _index.UInt32(IFLA.IFLA_MAX_MTU);

    /// <summary>Queues to send by (<c>IFLA_NUM_TX_QUEUES</c>).</summary>
    public uint? TxQueues => _index.UInt32(IFLA.IFLA_NUM_TX_QUEUES);

    /// <summary>Queues to receive by (<c>IFLA_NUM_RX_QUEUES</c>).</summary>
    public uint? RxQueues => _index.UInt32(IFLA.IFLA_NUM_RX_QUEUES);

    /// <summary>Bytes of a packet that is cut later (<c>IFLA_GSO_MAX_SIZE</c>).</summary>
    public uint? GsoMaximumSize => _index.UInt32(IFLA.IFLA_GSO_MAX_SIZE);

    /// <summary>Segments of a packet that is cut later (<c>IFLA_GSO_MAX_SEGS</c>).</summary>
    public uint? GsoMaximumSegments => _index.UInt32(IFLA.IFLA_GSO_MAX_SEGS);

    /// <summary>Bytes that the device cuts (Linux 5.19) (<c>IFLA_TSO_MAX_SIZE</c>).</summary>
    public uint? TsoMaximumSize => _index.UInt32(IFLA.IFLA_TSO_MAX_SIZE);

    /// <summary>Segments that the device cuts into (Linux 5.19) (<c>IFLA_TSO_MAX_SEGS</c>).</summary>
    public uint? TsoMaximumSegments => _index.UInt32(IFLA.IFLA_TSO_MAX_SEGS);

    /// <summary>Bytes of what is put together on receipt (Linux 5.19) (<c>IFLA_GRO_MAX_SIZE</c>).</summary>
    public uint? GroMaximumSize => _index.UInt32(IFLA.IFLA_GRO_MAX_SIZE);

    /// <summary>As <see cref="GsoMaximumSize"/>, of IPv4 (Linux 6.3) (<c>IFLA_GSO_IPV4_MAX_SIZE</c>).</summary>
    public uint? GsoIPv4MaximumSize => _index.UInt32(IFLA.IFLA_GSO_IPV4_MAX_SIZE);

    /// <summary>As <see cref="GroMaximumSize"/>, of IPv4 (Linux 6.3) (<c>IFLA_GRO_IPV4_MAX_SIZE</c>).</summary>
    public uint? GroIPv4MaximumSize => _index.UInt32(IFLA.IFLA_GRO_IPV4_MAX_SIZE);

    /// <summary>Whether a protocol holds it down (<c>IFLA_PROTO_DOWN</c>).</summary>
    public bool? ProtocolDown => _index.Bool(IFLA.IFLA_PROTO_DOWN);

    /// <summary>How many virtual functions it has; only told with <see cref="RTEXT_FILTER.RTEXT_FILTER_VF"/> (<c>IFLA_NUM_VF</c>).</summary>
    public uint? VirtualFunctions => _index.UInt32(IFLA.IFLA_NUM_VF);

    /// <summary>The device that it is part of, such as <c>0000:00:03.0</c> (<c>IFLA_PARENT_DEV_NAME</c>).</summary>
    public ReadOnlySpan<byte> ParentDevice => _index.Utf8(IFLA.IFLA_PARENT_DEV_NAME);

    /// <summary>That device's bus, such as <c>pci</c> (<c>IFLA_PARENT_DEV_BUS_NAME</c>).</summary>
    public ReadOnlySpan<byte> ParentBus => _index.Utf8(IFLA.IFLA_PARENT_DEV_BUS_NAME);

    /// <summary>The port's name on a switch (<c>IFLA_PHYS_PORT_NAME</c>).</summary>
    public ReadOnlySpan<byte> PhysicalPort => _index.Utf8(IFLA.IFLA_PHYS_PORT_NAME);

    /// <summary>The port's identity (<c>IFLA_PHYS_PORT_ID</c>).</summary>
    public LinkLayerAddress PhysicalPortId => LinkLayerAddress.Of(_index.Payload(IFLA.IFLA_PHYS_PORT_ID));

    /// <summary>The switch's identity (<c>IFLA_PHYS_SWITCH_ID</c>).</summary>
    public LinkLayerAddress PhysicalSwitchId => LinkLayerAddress.Of(_index.Payload(IFLA.IFLA_PHYS_SWITCH_ID));

    /// <summary>The number of the namespace that the answer is about, where one was asked for (<c>IFLA_IF_NETNSID</c>).</summary>
    public int? NamespaceId => _index.Int32(IFLA.IFLA_IF_NETNSID);

    /// <summary>Of a link that went away: the number of the namespace that it went to (<c>IFLA_NEW_NETNSID</c>).</summary>
    public int? NewNamespaceId => _index.Int32(IFLA.IFLA_NEW_NETNSID);

    /// <summary>Of a link that went away: its index in <see cref="NewNamespaceId"/> (<c>IFLA_NEW_IFINDEX</c>).</summary>
    public int? NewIndex => _index.Int32(IFLA.IFLA_NEW_IFINDEX);

    /// <summary>What an event is about: IFLA_EVENT_* (<c>IFLA_EVENT</c>).</summary>
    public uint? Event => _index.UInt32(IFLA.IFLA_EVENT);

    /// <summary>Nanoseconds that the device can hold a packet back (Linux 6.13) (<c>IFLA_MAX_PACING_OFFLOAD_HORIZON</c>).</summary>
    public uint? MaximumPacingHorizon => _index.UInt32(IFLA.IFLA_MAX_PACING_OFFLOAD_HORIZON);

    /// <summary>Whether it can never move to another namespace (Linux 6.15) (<c>IFLA_NETNS_IMMUTABLE</c>).</summary>
    public bool? IsNamespaceImmutable => _index.Bool(IFLA.IFLA_NETNS_IMMUTABLE);
}
