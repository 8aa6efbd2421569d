using System.Runtime.CompilerServices;
using VffNetlink.Diagnostics;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <content>As the kernel has it.</content>
public readonly partial record struct BridgeLink
{
    private static readonly AttributeSpace Names = AttributeSpace.Of<IFLA_BR>((IFLA_BR.IFLA_BR_MULTI_BOOLOPT, AttributeSpace.OfStruct<br_boolopt_multi>()))
        .With(ValueFormat.U32, IFLA_BR.IFLA_BR_FORWARD_DELAY, IFLA_BR.IFLA_BR_HELLO_TIME, IFLA_BR.IFLA_BR_MAX_AGE, IFLA_BR.IFLA_BR_AGEING_TIME, IFLA_BR.IFLA_BR_STP_STATE)
        .With(ValueFormat.U32, IFLA_BR.IFLA_BR_ROOT_PATH_COST, IFLA_BR.IFLA_BR_MCAST_HASH_ELASTICITY, IFLA_BR.IFLA_BR_MCAST_HASH_MAX, IFLA_BR.IFLA_BR_MCAST_LAST_MEMBER_CNT, IFLA_BR.IFLA_BR_MCAST_STARTUP_QUERY_CNT)
        .With(ValueFormat.U32, IFLA_BR.IFLA_BR_FDB_N_LEARNED, IFLA_BR.IFLA_BR_FDB_MAX_LEARNED)
        .With(ValueFormat.U16, IFLA_BR.IFLA_BR_PRIORITY, IFLA_BR.IFLA_BR_GROUP_FWD_MASK, IFLA_BR.IFLA_BR_ROOT_PORT, IFLA_BR.IFLA_BR_VLAN_DEFAULT_PVID)
        .With(ValueFormat.U8, IFLA_BR.IFLA_BR_VLAN_FILTERING, IFLA_BR.IFLA_BR_TOPOLOGY_CHANGE, IFLA_BR.IFLA_BR_TOPOLOGY_CHANGE_DETECTED, IFLA_BR.IFLA_BR_MCAST_ROUTER, IFLA_BR.IFLA_BR_MCAST_SNOOPING)
        .With(ValueFormat.U8, IFLA_BR.IFLA_BR_MCAST_QUERY_USE_IFADDR, IFLA_BR.IFLA_BR_MCAST_QUERIER, IFLA_BR.IFLA_BR_NF_CALL_IPTABLES, IFLA_BR.IFLA_BR_NF_CALL_IP6TABLES, IFLA_BR.IFLA_BR_NF_CALL_ARPTABLES)
        .With(ValueFormat.U8, IFLA_BR.IFLA_BR_VLAN_STATS_ENABLED, IFLA_BR.IFLA_BR_MCAST_STATS_ENABLED, IFLA_BR.IFLA_BR_MCAST_IGMP_VERSION, IFLA_BR.IFLA_BR_MCAST_MLD_VERSION, IFLA_BR.IFLA_BR_VLAN_STATS_PER_PORT)
        .With(ValueFormat.U16BigEndian, IFLA_BR.IFLA_BR_VLAN_PROTOCOL)
        .With(ValueFormat.HexBigEndian, IFLA_BR.IFLA_BR_ROOT_ID, IFLA_BR.IFLA_BR_BRIDGE_ID)
        .With(ValueFormat.U64, IFLA_BR.IFLA_BR_HELLO_TIMER, IFLA_BR.IFLA_BR_TCN_TIMER, IFLA_BR.IFLA_BR_TOPOLOGY_CHANGE_TIMER, IFLA_BR.IFLA_BR_GC_TIMER, IFLA_BR.IFLA_BR_MCAST_LAST_MEMBER_INTVL)
        .With(ValueFormat.U64, IFLA_BR.IFLA_BR_MCAST_MEMBERSHIP_INTVL, IFLA_BR.IFLA_BR_MCAST_QUERIER_INTVL, IFLA_BR.IFLA_BR_MCAST_QUERY_INTVL, IFLA_BR.IFLA_BR_MCAST_QUERY_RESPONSE_INTVL, IFLA_BR.IFLA_BR_MCAST_STARTUP_QUERY_INTVL)
        .With(ValueFormat.LinkAddress, IFLA_BR.IFLA_BR_GROUP_ADDR);

    /// <inheritdoc/>
    public static BridgeLink Read(ReadOnlySpan<byte> data)
    {
        var attributes = new DataReader<IFLA_BR>(data);
        return new BridgeLink
        {
            ForwardDelay = attributes.UInt32(IFLA_BR.IFLA_BR_FORWARD_DELAY),
            HelloTime = attributes.UInt32(IFLA_BR.IFLA_BR_HELLO_TIME),
            MaximumAge = attributes.UInt32(IFLA_BR.IFLA_BR_MAX_AGE),
            AgeingTime = attributes.UInt32(IFLA_BR.IFLA_BR_AGEING_TIME),
            StpState = attributes.UInt32(IFLA_BR.IFLA_BR_STP_STATE),
            Priority = attributes.UInt16(IFLA_BR.IFLA_BR_PRIORITY),
            VlanFiltering = attributes.Bool(IFLA_BR.IFLA_BR_VLAN_FILTERING),
            VlanProtocol = attributes.UInt16BigEndian(IFLA_BR.IFLA_BR_VLAN_PROTOCOL),
            GroupForwardMask = attributes.UInt16(IFLA_BR.IFLA_BR_GROUP_FWD_MASK),
            RootId = attributes.UInt64BigEndian(IFLA_BR.IFLA_BR_ROOT_ID),
            BridgeId = attributes.UInt64BigEndian(IFLA_BR.IFLA_BR_BRIDGE_ID),
            RootPort = attributes.UInt16(IFLA_BR.IFLA_BR_ROOT_PORT),
            RootPathCost = attributes.UInt32(IFLA_BR.IFLA_BR_ROOT_PATH_COST),
            TopologyChange = attributes.Byte(IFLA_BR.IFLA_BR_TOPOLOGY_CHANGE),
            TopologyChangeDetected = attributes.Byte(IFLA_BR.IFLA_BR_TOPOLOGY_CHANGE_DETECTED),
            HelloTimer = attributes.UInt64(IFLA_BR.IFLA_BR_HELLO_TIMER),
            TcnTimer = attributes.UInt64(IFLA_BR.IFLA_BR_TCN_TIMER),
            TopologyChangeTimer = attributes.UInt64(IFLA_BR.IFLA_BR_TOPOLOGY_CHANGE_TIMER),
            GarbageTimer = attributes.UInt64(IFLA_BR.IFLA_BR_GC_TIMER),
            GroupAddress = attributes.LinkAddress(IFLA_BR.IFLA_BR_GROUP_ADDR),
            MulticastRouter = attributes.Byte(IFLA_BR.IFLA_BR_MCAST_ROUTER),
            MulticastSnooping = attributes.Bool(IFLA_BR.IFLA_BR_MCAST_SNOOPING),
            MulticastQueryUseAddress = attributes.Byte(IFLA_BR.IFLA_BR_MCAST_QUERY_USE_IFADDR),
            MulticastQuerier = attributes.Bool(IFLA_BR.IFLA_BR_MCAST_QUERIER),
            MulticastHashElasticity = attributes.UInt32(IFLA_BR.IFLA_BR_MCAST_HASH_ELASTICITY),
            MulticastHashMaximum = attributes.UInt32(IFLA_BR.IFLA_BR_MCAST_HASH_MAX),
            MulticastLastMemberCount = attributes.UInt32(IFLA_BR.IFLA_BR_MCAST_LAST_MEMBER_CNT),
            MulticastStartupQueryCount = attributes.UInt32(IFLA_BR.IFLA_BR_MCAST_STARTUP_QUERY_CNT),
            MulticastLastMemberInterval = attributes.UInt64(IFLA_BR.IFLA_BR_MCAST_LAST_MEMBER_INTVL),
            MulticastMembershipInterval = attributes.UInt64(IFLA_BR.IFLA_BR_MCAST_MEMBERSHIP_INTVL),
            MulticastQuerierInterval = attributes.UInt64(IFLA_BR.IFLA_BR_MCAST_QUERIER_INTVL),
            MulticastQueryInterval = attributes.UInt64(IFLA_BR.IFLA_BR_MCAST_QUERY_INTVL),
            MulticastQueryResponseInterval = attributes.UInt64(IFLA_BR.IFLA_BR_MCAST_QUERY_RESPONSE_INTVL),
            MulticastStartupQueryInterval = attributes.UInt64(IFLA_BR.IFLA_BR_MCAST_STARTUP_QUERY_INTVL),
            CallIptables = attributes.Bool(IFLA_BR.IFLA_BR_NF_CALL_IPTABLES),
            CallIp6tables = attributes.Bool(IFLA_BR.IFLA_BR_NF_CALL_IP6TABLES),
            CallArptables = attributes.Bool(IFLA_BR.IFLA_BR_NF_CALL_ARPTABLES),
            DefaultVlan = attributes.UInt16(IFLA_BR.IFLA_BR_VLAN_DEFAULT_PVID),
            VlanStatistics = attributes.Bool(IFLA_BR.IFLA_BR_VLAN_STATS_ENABLED),
            MulticastStatistics = attributes.Bool(IFLA_BR.IFLA_BR_MCAST_STATS_ENABLED),
            IgmpVersion = attributes.Byte(IFLA_BR.IFLA_BR_MCAST_IGMP_VERSION),
            MldVersion = attributes.Byte(IFLA_BR.IFLA_BR_MCAST_MLD_VERSION),
            VlanStatisticsPerPort = attributes.Bool(IFLA_BR.IFLA_BR_VLAN_STATS_PER_PORT),
            Options = attributes.Struct<br_boolopt_multi>(IFLA_BR.IFLA_BR_MULTI_BOOLOPT),
            MulticastQuerierState = attributes.Nest(IFLA_BR.IFLA_BR_MCAST_QUERIER_STATE),
            LearnedCount = attributes.UInt32(IFLA_BR.IFLA_BR_FDB_N_LEARNED),
            LearnedMaximum = attributes.UInt32(IFLA_BR.IFLA_BR_FDB_MAX_LEARNED),
            Other = attributes.Others(IFLA_BR.IFLA_BR_PAD),
        };
    }

    /// <inheritdoc/>
    public void WriteData(AttributeWriter<IFLA_INFO> info)
    {
        using var data = info.Nest<IFLA_BR>(IFLA_INFO.IFLA_INFO_DATA);
        data.PutIf(IFLA_BR.IFLA_BR_FORWARD_DELAY, ForwardDelay);
        data.PutIf(IFLA_BR.IFLA_BR_HELLO_TIME, HelloTime);
        data.PutIf(IFLA_BR.IFLA_BR_MAX_AGE, MaximumAge);
        data.PutIf(IFLA_BR.IFLA_BR_AGEING_TIME, AgeingTime);
        data.PutIf(IFLA_BR.IFLA_BR_STP_STATE, StpState);
        data.PutIf(IFLA_BR.IFLA_BR_PRIORITY, Priority);
        data.PutIf(IFLA_BR.IFLA_BR_VLAN_FILTERING, VlanFiltering);
        data.PutBigEndianIf(IFLA_BR.IFLA_BR_VLAN_PROTOCOL, VlanProtocol);
        data.PutIf(IFLA_BR.IFLA_BR_GROUP_FWD_MASK, GroupForwardMask);
        data.PutBigEndianIf(IFLA_BR.IFLA_BR_ROOT_ID, RootId);
        data.PutBigEndianIf(IFLA_BR.IFLA_BR_BRIDGE_ID, BridgeId);
        data.PutIf(IFLA_BR.IFLA_BR_ROOT_PORT, RootPort);
        data.PutIf(IFLA_BR.IFLA_BR_ROOT_PATH_COST, RootPathCost);
        data.PutIf(IFLA_BR.IFLA_BR_TOPOLOGY_CHANGE, TopologyChange);
        data.PutIf(IFLA_BR.IFLA_BR_TOPOLOGY_CHANGE_DETECTED, TopologyChangeDetected);
        data.PutIf(IFLA_BR.IFLA_BR_HELLO_TIMER, HelloTimer);
        data.PutIf(IFLA_BR.IFLA_BR_TCN_TIMER, TcnTimer);
        data.PutIf(IFLA_BR.IFLA_BR_TOPOLOGY_CHANGE_TIMER, TopologyChangeTimer);
        data.PutIf(IFLA_BR.IFLA_BR_GC_TIMER, GarbageTimer);
        data.PutIf(IFLA_BR.IFLA_BR_GROUP_ADDR, GroupAddress);
        data.PutIf(IFLA_BR.IFLA_BR_MCAST_ROUTER, MulticastRouter);
        data.PutIf(IFLA_BR.IFLA_BR_MCAST_SNOOPING, MulticastSnooping);
        data.PutIf(IFLA_BR.IFLA_BR_MCAST_QUERY_USE_IFADDR, MulticastQueryUseAddress);
        data.PutIf(IFLA_BR.IFLA_BR_MCAST_QUERIER, MulticastQuerier);
        data.PutIf(IFLA_BR.IFLA_BR_MCAST_HASH_ELASTICITY, MulticastHashElasticity);
        data.PutIf(IFLA_BR.IFLA_BR_MCAST_HASH_MAX, MulticastHashMaximum);
        data.PutIf(IFLA_BR.IFLA_BR_MCAST_LAST_MEMBER_CNT, MulticastLastMemberCount);
        data.PutIf(IFLA_BR.IFLA_BR_MCAST_STARTUP_QUERY_CNT, MulticastStartupQueryCount);
        data.PutIf(IFLA_BR.IFLA_BR_MCAST_LAST_MEMBER_INTVL, MulticastLastMemberInterval);
        data.PutIf(IFLA_BR.IFLA_BR_MCAST_MEMBERSHIP_INTVL, MulticastMembershipInterval);
        data.PutIf(IFLA_BR.IFLA_BR_MCAST_QUERIER_INTVL, MulticastQuerierInterval);
        data.PutIf(IFLA_BR.IFLA_BR_MCAST_QUERY_INTVL, MulticastQueryInterval);
        data.PutIf(IFLA_BR.IFLA_BR_MCAST_QUERY_RESPONSE_INTVL, MulticastQueryResponseInterval);
        data.PutIf(IFLA_BR.IFLA_BR_MCAST_STARTUP_QUERY_INTVL, MulticastStartupQueryInterval);
        data.PutIf(IFLA_BR.IFLA_BR_NF_CALL_IPTABLES, CallIptables);
        data.PutIf(IFLA_BR.IFLA_BR_NF_CALL_IP6TABLES, CallIp6tables);
        data.PutIf(IFLA_BR.IFLA_BR_NF_CALL_ARPTABLES, CallArptables);
        data.PutIf(IFLA_BR.IFLA_BR_VLAN_DEFAULT_PVID, DefaultVlan);
        data.PutIf(IFLA_BR.IFLA_BR_VLAN_STATS_ENABLED, VlanStatistics);
        data.PutIf(IFLA_BR.IFLA_BR_MCAST_STATS_ENABLED, MulticastStatistics);
        data.PutIf(IFLA_BR.IFLA_BR_MCAST_IGMP_VERSION, IgmpVersion);
        data.PutIf(IFLA_BR.IFLA_BR_MCAST_MLD_VERSION, MldVersion);
        data.PutIf(IFLA_BR.IFLA_BR_VLAN_STATS_PER_PORT, VlanStatisticsPerPort);
        data.PutIf(IFLA_BR.IFLA_BR_MULTI_BOOLOPT, Options);
        data.PutIf(IFLA_BR.IFLA_BR_MCAST_QUERIER_STATE, MulticastQuerierState);
        data.PutIf(IFLA_BR.IFLA_BR_FDB_MAX_LEARNED, LearnedMaximum);
        Other.Write(data);
    }

    [ModuleInitializer]
    internal static void Enter() => KnownLinkKinds.Add(Kind, static () => Names);
}
