using System.Runtime.CompilerServices;
using VffNetlink.Diagnostics;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <content>As the kernel has it.</content>
public readonly partial record struct BridgePort
{
    private static readonly AttributeSpace Names = AttributeSpace.Of<IFLA_BRPORT>()
        .With(ValueFormat.U8, IFLA_BRPORT.IFLA_BRPORT_STATE, IFLA_BRPORT.IFLA_BRPORT_MODE, IFLA_BRPORT.IFLA_BRPORT_GUARD, IFLA_BRPORT.IFLA_BRPORT_PROTECT, IFLA_BRPORT.IFLA_BRPORT_FAST_LEAVE)
        .With(ValueFormat.U8, IFLA_BRPORT.IFLA_BRPORT_LEARNING, IFLA_BRPORT.IFLA_BRPORT_UNICAST_FLOOD, IFLA_BRPORT.IFLA_BRPORT_PROXYARP, IFLA_BRPORT.IFLA_BRPORT_LEARNING_SYNC, IFLA_BRPORT.IFLA_BRPORT_PROXYARP_WIFI)
        .With(ValueFormat.U8, IFLA_BRPORT.IFLA_BRPORT_TOPOLOGY_CHANGE_ACK, IFLA_BRPORT.IFLA_BRPORT_CONFIG_PENDING, IFLA_BRPORT.IFLA_BRPORT_MULTICAST_ROUTER, IFLA_BRPORT.IFLA_BRPORT_MCAST_FLOOD, IFLA_BRPORT.IFLA_BRPORT_MCAST_TO_UCAST)
        .With(ValueFormat.U8, IFLA_BRPORT.IFLA_BRPORT_VLAN_TUNNEL, IFLA_BRPORT.IFLA_BRPORT_BCAST_FLOOD, IFLA_BRPORT.IFLA_BRPORT_NEIGH_SUPPRESS, IFLA_BRPORT.IFLA_BRPORT_ISOLATED, IFLA_BRPORT.IFLA_BRPORT_MRP_RING_OPEN)
        .With(ValueFormat.U8, IFLA_BRPORT.IFLA_BRPORT_MRP_IN_OPEN, IFLA_BRPORT.IFLA_BRPORT_LOCKED, IFLA_BRPORT.IFLA_BRPORT_MAB, IFLA_BRPORT.IFLA_BRPORT_NEIGH_VLAN_SUPPRESS)
        .With(ValueFormat.U16, IFLA_BRPORT.IFLA_BRPORT_PRIORITY, IFLA_BRPORT.IFLA_BRPORT_DESIGNATED_PORT, IFLA_BRPORT.IFLA_BRPORT_DESIGNATED_COST, IFLA_BRPORT.IFLA_BRPORT_ID, IFLA_BRPORT.IFLA_BRPORT_NO)
        .With(ValueFormat.U16, IFLA_BRPORT.IFLA_BRPORT_GROUP_FWD_MASK)
        .With(ValueFormat.U32, IFLA_BRPORT.IFLA_BRPORT_COST, IFLA_BRPORT.IFLA_BRPORT_BACKUP_PORT, IFLA_BRPORT.IFLA_BRPORT_MCAST_EHT_HOSTS_LIMIT, IFLA_BRPORT.IFLA_BRPORT_MCAST_EHT_HOSTS_CNT, IFLA_BRPORT.IFLA_BRPORT_MCAST_N_GROUPS)
        .With(ValueFormat.U32, IFLA_BRPORT.IFLA_BRPORT_MCAST_MAX_GROUPS, IFLA_BRPORT.IFLA_BRPORT_BACKUP_NHID)
        .With(ValueFormat.HexBigEndian, IFLA_BRPORT.IFLA_BRPORT_ROOT_ID, IFLA_BRPORT.IFLA_BRPORT_BRIDGE_ID)
        .With(ValueFormat.U64, IFLA_BRPORT.IFLA_BRPORT_MESSAGE_AGE_TIMER, IFLA_BRPORT.IFLA_BRPORT_FORWARD_DELAY_TIMER, IFLA_BRPORT.IFLA_BRPORT_HOLD_TIMER);

    /// <inheritdoc/>
    public static BridgePort Read(ReadOnlySpan<byte> data)
    {
        var attributes = new DataReader<IFLA_BRPORT>(data);
        return new BridgePort
        {
            State = attributes.Byte(IFLA_BRPORT.IFLA_BRPORT_STATE),
            Priority = attributes.UInt16(IFLA_BRPORT.IFLA_BRPORT_PRIORITY),
            Cost = attributes.UInt32(IFLA_BRPORT.IFLA_BRPORT_COST),
            Hairpin = attributes.Bool(IFLA_BRPORT.IFLA_BRPORT_MODE),
            Guard = attributes.Bool(IFLA_BRPORT.IFLA_BRPORT_GUARD),
            RootBlock = attributes.Bool(IFLA_BRPORT.IFLA_BRPORT_PROTECT),
            FastLeave = attributes.Bool(IFLA_BRPORT.IFLA_BRPORT_FAST_LEAVE),
            Learning = attributes.Bool(IFLA_BRPORT.IFLA_BRPORT_LEARNING),
            UnicastFlood = attributes.Bool(IFLA_BRPORT.IFLA_BRPORT_UNICAST_FLOOD),
            ProxyArp = attributes.Bool(IFLA_BRPORT.IFLA_BRPORT_PROXYARP),
            LearningSync = attributes.Bool(IFLA_BRPORT.IFLA_BRPORT_LEARNING_SYNC),
            ProxyArpWifi = attributes.Bool(IFLA_BRPORT.IFLA_BRPORT_PROXYARP_WIFI),
            RootId = attributes.UInt64BigEndian(IFLA_BRPORT.IFLA_BRPORT_ROOT_ID),
            BridgeId = attributes.UInt64BigEndian(IFLA_BRPORT.IFLA_BRPORT_BRIDGE_ID),
            DesignatedPort = attributes.UInt16(IFLA_BRPORT.IFLA_BRPORT_DESIGNATED_PORT),
            DesignatedCost = attributes.UInt16(IFLA_BRPORT.IFLA_BRPORT_DESIGNATED_COST),
            Id = attributes.UInt16(IFLA_BRPORT.IFLA_BRPORT_ID),
            Number = attributes.UInt16(IFLA_BRPORT.IFLA_BRPORT_NO),
            TopologyChangeAcknowledged = attributes.Byte(IFLA_BRPORT.IFLA_BRPORT_TOPOLOGY_CHANGE_ACK),
            ConfigurationPending = attributes.Byte(IFLA_BRPORT.IFLA_BRPORT_CONFIG_PENDING),
            MessageAgeTimer = attributes.UInt64(IFLA_BRPORT.IFLA_BRPORT_MESSAGE_AGE_TIMER),
            ForwardDelayTimer = attributes.UInt64(IFLA_BRPORT.IFLA_BRPORT_FORWARD_DELAY_TIMER),
            HoldTimer = attributes.UInt64(IFLA_BRPORT.IFLA_BRPORT_HOLD_TIMER),
            MulticastRouter = attributes.Byte(IFLA_BRPORT.IFLA_BRPORT_MULTICAST_ROUTER),
            MulticastFlood = attributes.Bool(IFLA_BRPORT.IFLA_BRPORT_MCAST_FLOOD),
            MulticastToUnicast = attributes.Bool(IFLA_BRPORT.IFLA_BRPORT_MCAST_TO_UCAST),
            VlanTunnel = attributes.Bool(IFLA_BRPORT.IFLA_BRPORT_VLAN_TUNNEL),
            BroadcastFlood = attributes.Bool(IFLA_BRPORT.IFLA_BRPORT_BCAST_FLOOD),
            GroupForwardMask = attributes.UInt16(IFLA_BRPORT.IFLA_BRPORT_GROUP_FWD_MASK),
            NeighbourSuppression = attributes.Bool(IFLA_BRPORT.IFLA_BRPORT_NEIGH_SUPPRESS),
            Isolated = attributes.Bool(IFLA_BRPORT.IFLA_BRPORT_ISOLATED),
            BackupPort = attributes.UInt32(IFLA_BRPORT.IFLA_BRPORT_BACKUP_PORT),
            MrpRingOpen = attributes.Byte(IFLA_BRPORT.IFLA_BRPORT_MRP_RING_OPEN),
            MrpInOpen = attributes.Byte(IFLA_BRPORT.IFLA_BRPORT_MRP_IN_OPEN),
            MulticastHostsLimit = attributes.UInt32(IFLA_BRPORT.IFLA_BRPORT_MCAST_EHT_HOSTS_LIMIT),
            MulticastHostsCount = attributes.UInt32(IFLA_BRPORT.IFLA_BRPORT_MCAST_EHT_HOSTS_CNT),
            Locked = attributes.Bool(IFLA_BRPORT.IFLA_BRPORT_LOCKED),
            MacAuthenticationBypass = attributes.Bool(IFLA_BRPORT.IFLA_BRPORT_MAB),
            MulticastGroupCount = attributes.UInt32(IFLA_BRPORT.IFLA_BRPORT_MCAST_N_GROUPS),
            MulticastGroupMaximum = attributes.UInt32(IFLA_BRPORT.IFLA_BRPORT_MCAST_MAX_GROUPS),
            NeighbourVlanSuppression = attributes.Bool(IFLA_BRPORT.IFLA_BRPORT_NEIGH_VLAN_SUPPRESS),
            BackupNextHop = attributes.UInt32(IFLA_BRPORT.IFLA_BRPORT_BACKUP_NHID),
            Other = attributes.Others(IFLA_BRPORT.IFLA_BRPORT_PAD),
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
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_MCAST_MAX_GROUPS, MulticastGroupMaximum);
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_NEIGH_VLAN_SUPPRESS, NeighbourVlanSuppression);
        data.PutIf(IFLA_BRPORT.IFLA_BRPORT_BACKUP_NHID, BackupNextHop);
        Other.Write(data);
    }

    [ModuleInitializer]
    internal static void Enter() => KnownLinkKinds.AddPort(Kind, static () => Names);
}
