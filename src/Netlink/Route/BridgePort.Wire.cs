using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <content>As the kernel has it.</content>
public readonly partial record struct BridgePort
{
    private static readonly AttributeSpace Names = AttributeSpace.Of<IFLA_BRPORT>();

    private static readonly UInt128 Known = AttributeIndex<IFLA_BRPORT>.MaskOf(
        IFLA_BRPORT.IFLA_BRPORT_STATE, IFLA_BRPORT.IFLA_BRPORT_PRIORITY, IFLA_BRPORT.IFLA_BRPORT_COST, IFLA_BRPORT.IFLA_BRPORT_MODE,
        IFLA_BRPORT.IFLA_BRPORT_GUARD, IFLA_BRPORT.IFLA_BRPORT_PROTECT, IFLA_BRPORT.IFLA_BRPORT_FAST_LEAVE, IFLA_BRPORT.IFLA_BRPORT_LEARNING,
        IFLA_BRPORT.IFLA_BRPORT_UNICAST_FLOOD, IFLA_BRPORT.IFLA_BRPORT_PROXYARP, IFLA_BRPORT.IFLA_BRPORT_LEARNING_SYNC,
        IFLA_BRPORT.IFLA_BRPORT_PROXYARP_WIFI, IFLA_BRPORT.IFLA_BRPORT_ROOT_ID, IFLA_BRPORT.IFLA_BRPORT_BRIDGE_ID,
        IFLA_BRPORT.IFLA_BRPORT_DESIGNATED_PORT, IFLA_BRPORT.IFLA_BRPORT_DESIGNATED_COST, IFLA_BRPORT.IFLA_BRPORT_ID, IFLA_BRPORT.IFLA_BRPORT_NO,
        IFLA_BRPORT.IFLA_BRPORT_TOPOLOGY_CHANGE_ACK, IFLA_BRPORT.IFLA_BRPORT_CONFIG_PENDING, IFLA_BRPORT.IFLA_BRPORT_MESSAGE_AGE_TIMER,
        IFLA_BRPORT.IFLA_BRPORT_FORWARD_DELAY_TIMER, IFLA_BRPORT.IFLA_BRPORT_HOLD_TIMER, IFLA_BRPORT.IFLA_BRPORT_MULTICAST_ROUTER,
        IFLA_BRPORT.IFLA_BRPORT_MCAST_FLOOD, IFLA_BRPORT.IFLA_BRPORT_MCAST_TO_UCAST, IFLA_BRPORT.IFLA_BRPORT_VLAN_TUNNEL,
        IFLA_BRPORT.IFLA_BRPORT_BCAST_FLOOD, IFLA_BRPORT.IFLA_BRPORT_GROUP_FWD_MASK, IFLA_BRPORT.IFLA_BRPORT_NEIGH_SUPPRESS,
        IFLA_BRPORT.IFLA_BRPORT_ISOLATED, IFLA_BRPORT.IFLA_BRPORT_BACKUP_PORT, IFLA_BRPORT.IFLA_BRPORT_MRP_RING_OPEN,
        IFLA_BRPORT.IFLA_BRPORT_MRP_IN_OPEN, IFLA_BRPORT.IFLA_BRPORT_MCAST_EHT_HOSTS_LIMIT, IFLA_BRPORT.IFLA_BRPORT_MCAST_EHT_HOSTS_CNT,
        IFLA_BRPORT.IFLA_BRPORT_LOCKED, IFLA_BRPORT.IFLA_BRPORT_MAB, IFLA_BRPORT.IFLA_BRPORT_MCAST_N_GROUPS, IFLA_BRPORT.IFLA_BRPORT_MCAST_MAX_GROUPS,
        IFLA_BRPORT.IFLA_BRPORT_NEIGH_VLAN_SUPPRESS, IFLA_BRPORT.IFLA_BRPORT_BACKUP_NHID, IFLA_BRPORT.IFLA_BRPORT_PAD);

    /// <inheritdoc/>
    public static BridgePort Read(ReadOnlySpan<byte> data)
    {
        var index = new AttributeIndex<IFLA_BRPORT>(data);
        return new BridgePort
        {
            State = index.Byte(IFLA_BRPORT.IFLA_BRPORT_STATE),
            Priority = index.UInt16(IFLA_BRPORT.IFLA_BRPORT_PRIORITY),
            Cost = index.UInt32(IFLA_BRPORT.IFLA_BRPORT_COST),
            Hairpin = index.Bool(IFLA_BRPORT.IFLA_BRPORT_MODE),
            Guard = index.Bool(IFLA_BRPORT.IFLA_BRPORT_GUARD),
            RootBlock = index.Bool(IFLA_BRPORT.IFLA_BRPORT_PROTECT),
            FastLeave = index.Bool(IFLA_BRPORT.IFLA_BRPORT_FAST_LEAVE),
            Learning = index.Bool(IFLA_BRPORT.IFLA_BRPORT_LEARNING),
            UnicastFlood = index.Bool(IFLA_BRPORT.IFLA_BRPORT_UNICAST_FLOOD),
            ProxyArp = index.Bool(IFLA_BRPORT.IFLA_BRPORT_PROXYARP),
            LearningSync = index.Bool(IFLA_BRPORT.IFLA_BRPORT_LEARNING_SYNC),
            ProxyArpWifi = index.Bool(IFLA_BRPORT.IFLA_BRPORT_PROXYARP_WIFI),
            RootId = index.UInt64BigEndian(IFLA_BRPORT.IFLA_BRPORT_ROOT_ID),
            BridgeId = index.UInt64BigEndian(IFLA_BRPORT.IFLA_BRPORT_BRIDGE_ID),
            DesignatedPort = index.UInt16(IFLA_BRPORT.IFLA_BRPORT_DESIGNATED_PORT),
            DesignatedCost = index.UInt16(IFLA_BRPORT.IFLA_BRPORT_DESIGNATED_COST),
            Id = index.UInt16(IFLA_BRPORT.IFLA_BRPORT_ID),
            Number = index.UInt16(IFLA_BRPORT.IFLA_BRPORT_NO),
            TopologyChangeAcknowledged = index.Byte(IFLA_BRPORT.IFLA_BRPORT_TOPOLOGY_CHANGE_ACK),
            ConfigurationPending = index.Byte(IFLA_BRPORT.IFLA_BRPORT_CONFIG_PENDING),
            MessageAgeTimer = index.UInt64(IFLA_BRPORT.IFLA_BRPORT_MESSAGE_AGE_TIMER),
            ForwardDelayTimer = index.UInt64(IFLA_BRPORT.IFLA_BRPORT_FORWARD_DELAY_TIMER),
            HoldTimer = index.UInt64(IFLA_BRPORT.IFLA_BRPORT_HOLD_TIMER),
            MulticastRouter = index.Byte(IFLA_BRPORT.IFLA_BRPORT_MULTICAST_ROUTER),
            MulticastFlood = index.Bool(IFLA_BRPORT.IFLA_BRPORT_MCAST_FLOOD),
            MulticastToUnicast = index.Bool(IFLA_BRPORT.IFLA_BRPORT_MCAST_TO_UCAST),
            VlanTunnel = index.Bool(IFLA_BRPORT.IFLA_BRPORT_VLAN_TUNNEL),
            BroadcastFlood = index.Bool(IFLA_BRPORT.IFLA_BRPORT_BCAST_FLOOD),
            GroupForwardMask = index.UInt16(IFLA_BRPORT.IFLA_BRPORT_GROUP_FWD_MASK),
            NeighbourSuppression = index.Bool(IFLA_BRPORT.IFLA_BRPORT_NEIGH_SUPPRESS),
            Isolated = index.Bool(IFLA_BRPORT.IFLA_BRPORT_ISOLATED),
            BackupPort = index.UInt32(IFLA_BRPORT.IFLA_BRPORT_BACKUP_PORT),
            MrpRingOpen = index.Byte(IFLA_BRPORT.IFLA_BRPORT_MRP_RING_OPEN),
            MrpInOpen = index.Byte(IFLA_BRPORT.IFLA_BRPORT_MRP_IN_OPEN),
            MulticastHostsLimit = index.UInt32(IFLA_BRPORT.IFLA_BRPORT_MCAST_EHT_HOSTS_LIMIT),
            MulticastHostsCount = index.UInt32(IFLA_BRPORT.IFLA_BRPORT_MCAST_EHT_HOSTS_CNT),
            Locked = index.Bool(IFLA_BRPORT.IFLA_BRPORT_LOCKED),
            MacAuthenticationBypass = index.Bool(IFLA_BRPORT.IFLA_BRPORT_MAB),
            MulticastGroupCount = index.UInt32(IFLA_BRPORT.IFLA_BRPORT_MCAST_N_GROUPS),
            MulticastGroupMaximum = index.UInt32(IFLA_BRPORT.IFLA_BRPORT_MCAST_MAX_GROUPS),
            NeighbourVlanSuppression = index.Bool(IFLA_BRPORT.IFLA_BRPORT_NEIGH_VLAN_SUPPRESS),
            BackupNextHop = index.UInt32(IFLA_BRPORT.IFLA_BRPORT_BACKUP_NHID),
            Other = index.Others(Known),
        };
    }

    /// <inheritdoc/>
    public void WriteData(AttributeWriter<IFLA_INFO> info)
    {
        using var data = info.Nest<IFLA_BRPORT>(IFLA_INFO.IFLA_INFO_SLAVE_DATA);
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_STATE, State);
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_PRIORITY, Priority);
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_COST, Cost);
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_MODE, Hairpin);
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_GUARD, Guard);
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_PROTECT, RootBlock);
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_FAST_LEAVE, FastLeave);
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_LEARNING, Learning);
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_UNICAST_FLOOD, UnicastFlood);
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_PROXYARP, ProxyArp);
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_LEARNING_SYNC, LearningSync);
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_PROXYARP_WIFI, ProxyArpWifi);
        data.PutBigEndianIf(IFLA_BRPORT.IFLA_BRPORT_ROOT_ID, RootId);
        data.PutBigEndianIf(IFLA_BRPORT.IFLA_BRPORT_BRIDGE_ID, BridgeId);
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_DESIGNATED_PORT, DesignatedPort);
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_DESIGNATED_COST, DesignatedCost);
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_ID, Id);
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_NO, Number);
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_TOPOLOGY_CHANGE_ACK, TopologyChangeAcknowledged);
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_CONFIG_PENDING, ConfigurationPending);
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_MESSAGE_AGE_TIMER, MessageAgeTimer);
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_FORWARD_DELAY_TIMER, ForwardDelayTimer);
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_HOLD_TIMER, HoldTimer);
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_MULTICAST_ROUTER, MulticastRouter);
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_MCAST_FLOOD, MulticastFlood);
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_MCAST_TO_UCAST, MulticastToUnicast);
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_VLAN_TUNNEL, VlanTunnel);
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_BCAST_FLOOD, BroadcastFlood);
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_GROUP_FWD_MASK, GroupForwardMask);
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_NEIGH_SUPPRESS, NeighbourSuppression);
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_ISOLATED, Isolated);
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_BACKUP_PORT, BackupPort);
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_MRP_RING_OPEN, MrpRingOpen);
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_MRP_IN_OPEN, MrpInOpen);
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_MCAST_EHT_HOSTS_LIMIT, MulticastHostsLimit);
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_MCAST_EHT_HOSTS_CNT, MulticastHostsCount);
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_LOCKED, Locked);
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_MAB, MacAuthenticationBypass);
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_MCAST_N_GROUPS, MulticastGroupCount);
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_MCAST_MAX_GROUPS, MulticastGroupMaximum);
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_NEIGH_VLAN_SUPPRESS, NeighbourVlanSuppression);
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_BACKUP_NHID, BackupNextHop);
        Other.Write(data);
    }
}
