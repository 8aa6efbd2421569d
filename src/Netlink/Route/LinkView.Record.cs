using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <content>The copy to keep.</content>
public readonly ref partial struct LinkView
{
    private static readonly UInt128 Known = AttributeIndex<IFLA>.MaskOf(
        IFLA.IFLA_IFNAME, IFLA.IFLA_LINKINFO, IFLA.IFLA_AF_SPEC, IFLA.IFLA_STATS64, IFLA.IFLA_STATS, IFLA.IFLA_PROP_LIST, IFLA.IFLA_PAD,
        IFLA.IFLA_IFALIAS, IFLA.IFLA_MTU, IFLA.IFLA_TXQLEN, IFLA.IFLA_ADDRESS, IFLA.IFLA_BROADCAST, IFLA.IFLA_PERM_ADDRESS, IFLA.IFLA_LINK,
        IFLA.IFLA_LINK_NETNSID, IFLA.IFLA_MASTER, IFLA.IFLA_GROUP, IFLA.IFLA_OPERSTATE, IFLA.IFLA_LINKMODE, IFLA.IFLA_CARRIER,
        IFLA.IFLA_CARRIER_CHANGES, IFLA.IFLA_CARRIER_UP_COUNT, IFLA.IFLA_CARRIER_DOWN_COUNT, IFLA.IFLA_QDISC, IFLA.IFLA_PROMISCUITY,
        IFLA.IFLA_ALLMULTI, IFLA.IFLA_MIN_MTU, IFLA.IFLA_MAX_MTU, IFLA.IFLA_NUM_TX_QUEUES, IFLA.IFLA_NUM_RX_QUEUES, IFLA.IFLA_GSO_MAX_SIZE,
        IFLA.IFLA_GSO_MAX_SEGS, IFLA.IFLA_TSO_MAX_SIZE, IFLA.IFLA_TSO_MAX_SEGS, IFLA.IFLA_GRO_MAX_SIZE, IFLA.IFLA_GSO_IPV4_MAX_SIZE,
        IFLA.IFLA_GRO_IPV4_MAX_SIZE, IFLA.IFLA_PROTO_DOWN, IFLA.IFLA_NUM_VF, IFLA.IFLA_PARENT_DEV_NAME, IFLA.IFLA_PARENT_DEV_BUS_NAME,
        IFLA.IFLA_PHYS_PORT_NAME, IFLA.IFLA_PHYS_PORT_ID, IFLA.IFLA_PHYS_SWITCH_ID, IFLA.IFLA_IF_NETNSID, IFLA.IFLA_NEW_NETNSID,
        IFLA.IFLA_NEW_IFINDEX, IFLA.IFLA_EVENT, IFLA.IFLA_MAX_PACING_OFFLOAD_HORIZON, IFLA.IFLA_NETNS_IMMUTABLE);

    /// <summary>A copy to keep.</summary>
    /// <exception cref="NetlinkFormatException">An attribute is malformed.</exception>
    public Link ToRecord()
    {
        List<string>? names = null;
        foreach (var name in AlternativeNames)
        {
            if (name.Id == IFLA.IFLA_ALT_IFNAME)
                (names ??= []).Add(name.ReadString());
        }

        return new Link
        {
            Family = Family,
            Index = Index,
            Name = _index.Text(IFLA.IFLA_IFNAME) ?? "",
            Flags = Flags,
            HardwareType = HardwareType,
            Kind = KindData.Kind,
            KindData = KindData.Data,
            SlaveKind = SlaveData.Kind,
            SlaveData = SlaveData.Data,
            AlternativeNames = names ?? (IReadOnlyList<string>)[],
            AddressGenerationMode = AddressGenerationMode,
            Statistics = TryReadStatistics(out var statistics) ? statistics : null,
            Alias = _index.Text(IFLA.IFLA_IFALIAS),
            Mtu = Mtu,
            TxQueueLength = TxQueueLength,
            HardwareAddress = HardwareAddress,
            BroadcastAddress = BroadcastAddress,
            PermanentAddress = PermanentAddress,
            ParentIndex = ParentIndex,
            ParentNamespaceId = ParentNamespaceId,
            MasterIndex = MasterIndex,
            Group = Group,
            OperationalState = OperationalState,
            LinkMode = LinkMode,
            Carrier = Carrier,
            CarrierChanges = CarrierChanges,
            CarrierUpCount = CarrierUpCount,
            CarrierDownCount = CarrierDownCount,
            Qdisc = _index.Text(IFLA.IFLA_QDISC),
            Promiscuity = Promiscuity,
            AllMulticast = AllMulticast,
            MinimumMtu = MinimumMtu,
            MaximumMtu = MaximumMtu,
            TxQueues = TxQueues,
            RxQueues = RxQueues,
            GsoMaximumSize = GsoMaximumSize,
            GsoMaximumSegments = GsoMaximumSegments,
            TsoMaximumSize = TsoMaximumSize,
            TsoMaximumSegments = TsoMaximumSegments,
            GroMaximumSize = GroMaximumSize,
            GsoIPv4MaximumSize = GsoIPv4MaximumSize,
            GroIPv4MaximumSize = GroIPv4MaximumSize,
            ProtocolDown = ProtocolDown,
            VirtualFunctions = VirtualFunctions,
            ParentDevice = _index.Text(IFLA.IFLA_PARENT_DEV_NAME),
            ParentBus = _index.Text(IFLA.IFLA_PARENT_DEV_BUS_NAME),
            PhysicalPort = _index.Text(IFLA.IFLA_PHYS_PORT_NAME),
            PhysicalPortId = PhysicalPortId,
            PhysicalSwitchId = PhysicalSwitchId,
            NamespaceId = NamespaceId,
            NewNamespaceId = NewNamespaceId,
            NewIndex = NewIndex,
            Event = Event,
            MaximumPacingHorizon = MaximumPacingHorizon,
            IsNamespaceImmutable = IsNamespaceImmutable,
            Other = _index.Others(Known),
        };
    }
}
