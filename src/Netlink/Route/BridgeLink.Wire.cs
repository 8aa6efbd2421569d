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

    private static readonly UInt128 Known = AttributeIndex<IFLA_BR>.MaskOf(
        IFLA_BR.IFLA_BR_FORWARD_DELAY, IFLA_BR.IFLA_BR_HELLO_TIME, IFLA_BR.IFLA_BR_MAX_AGE, IFLA_BR.IFLA_BR_AGEING_TIME, IFLA_BR.IFLA_BR_STP_STATE,
        IFLA_BR.IFLA_BR_PRIORITY, IFLA_BR.IFLA_BR_VLAN_FILTERING, IFLA_BR.IFLA_BR_VLAN_PROTOCOL, IFLA_BR.IFLA_BR_GROUP_FWD_MASK,
        IFLA_BR.IFLA_BR_ROOT_ID, IFLA_BR.IFLA_BR_BRIDGE_ID, IFLA_BR.IFLA_BR_ROOT_PORT, IFLA_BR.IFLA_BR_ROOT_PATH_COST,
        IFLA_BR.IFLA_BR_TOPOLOGY_CHANGE, IFLA_BR.IFLA_BR_TOPOLOGY_CHANGE_DETECTED, IFLA_BR.IFLA_BR_HELLO_TIMER, IFLA_BR.IFLA_BR_TCN_TIMER,
        IFLA_BR.IFLA_BR_TOPOLOGY_CHANGE_TIMER, IFLA_BR.IFLA_BR_GC_TIMER, IFLA_BR.IFLA_BR_GROUP_ADDR, IFLA_BR.IFLA_BR_MCAST_ROUTER,
        IFLA_BR.IFLA_BR_MCAST_SNOOPING, IFLA_BR.IFLA_BR_MCAST_QUERY_USE_IFADDR, IFLA_BR.IFLA_BR_MCAST_QUERIER, IFLA_BR.IFLA_BR_MCAST_HASH_ELASTICITY,
        IFLA_BR.IFLA_BR_MCAST_HASH_MAX, IFLA_BR.IFLA_BR_MCAST_LAST_MEMBER_CNT, IFLA_BR.IFLA_BR_MCAST_STARTUP_QUERY_CNT,
        IFLA_BR.IFLA_BR_MCAST_LAST_MEMBER_INTVL, IFLA_BR.IFLA_BR_MCAST_MEMBERSHIP_INTVL, IFLA_BR.IFLA_BR_MCAST_QUERIER_INTVL,
        IFLA_BR.IFLA_BR_MCAST_QUERY_INTVL, IFLA_BR.IFLA_BR_MCAST_QUERY_RESPONSE_INTVL, IFLA_BR.IFLA_BR_MCAST_STARTUP_QUERY_INTVL,
        IFLA_BR.IFLA_BR_NF_CALL_IPTABLES, IFLA_BR.IFLA_BR_NF_CALL_IP6TABLES, IFLA_BR.IFLA_BR_NF_CALL_ARPTABLES, IFLA_BR.IFLA_BR_VLAN_DEFAULT_PVID,
        IFLA_BR.IFLA_BR_VLAN_STATS_ENABLED, IFLA_BR.IFLA_BR_MCAST_STATS_ENABLED, IFLA_BR.IFLA_BR_MCAST_IGMP_VERSION,
        IFLA_BR.IFLA_BR_MCAST_MLD_VERSION, IFLA_BR.IFLA_BR_VLAN_STATS_PER_PORT, IFLA_BR.IFLA_BR_MULTI_BOOLOPT, IFLA_BR.IFLA_BR_MCAST_QUERIER_STATE,
        IFLA_BR.IFLA_BR_FDB_N_LEARNED, IFLA_BR.IFLA_BR_FDB_MAX_LEARNED, IFLA_BR.IFLA_BR_PAD);

    /// <inheritdoc/>
    public static BridgeLink Read(ReadOnlySpan<byte> data)
    {
        var index = new AttributeIndex<IFLA_BR>(data);
        return new BridgeLink
        {
            ForwardDelay = index.UInt32(IFLA_BR.IFLA_BR_FORWARD_DELAY),
            HelloTime = index.UInt32(IFLA_BR.IFLA_BR_HELLO_TIME),
            MaximumAge = index.UInt32(IFLA_BR.IFLA_BR_MAX_AGE),
            AgeingTime = index.UInt32(IFLA_BR.IFLA_BR_AGEING_TIME),
            StpState = index.UInt32(IFLA_BR.IFLA_BR_STP_STATE),
            Priority = index.UInt16(IFLA_BR.IFLA_BR_PRIORITY),
            VlanFiltering = index.Bool(IFLA_BR.IFLA_BR_VLAN_FILTERING),
            VlanProtocol = index.UInt16BigEndian(IFLA_BR.IFLA_BR_VLAN_PROTOCOL),
            GroupForwardMask = index.UInt16(IFLA_BR.IFLA_BR_GROUP_FWD_MASK),
            RootId = index.UInt64BigEndian(IFLA_BR.IFLA_BR_ROOT_ID),
            BridgeId = index.UInt64BigEndian(IFLA_BR.IFLA_BR_BRIDGE_ID),
            RootPort = index.UInt16(IFLA_BR.IFLA_BR_ROOT_PORT),
            RootPathCost = index.UInt32(IFLA_BR.IFLA_BR_ROOT_PATH_COST),
            TopologyChange = index.Byte(IFLA_BR.IFLA_BR_TOPOLOGY_CHANGE),
            TopologyChangeDetected = index.Byte(IFLA_BR.IFLA_BR_TOPOLOGY_CHANGE_DETECTED),
            HelloTimer = index.UInt64(IFLA_BR.IFLA_BR_HELLO_TIMER),
            TcnTimer = index.UInt64(IFLA_BR.IFLA_BR_TCN_TIMER),
            TopologyChangeTimer = index.UInt64(IFLA_BR.IFLA_BR_TOPOLOGY_CHANGE_TIMER),
            GarbageTimer = index.UInt64(IFLA_BR.IFLA_BR_GC_TIMER),
            GroupAddress = LinkLayerAddress.Of(index.Payload(IFLA_BR.IFLA_BR_GROUP_ADDR)),
            MulticastRouter = index.Byte(IFLA_BR.IFLA_BR_MCAST_ROUTER),
            MulticastSnooping = index.Bool(IFLA_BR.IFLA_BR_MCAST_SNOOPING),
            MulticastQueryUseAddress = index.Byte(IFLA_BR.IFLA_BR_MCAST_QUERY_USE_IFADDR),
            MulticastQuerier = index.Bool(IFLA_BR.IFLA_BR_MCAST_QUERIER),
            MulticastHashElasticity = index.UInt32(IFLA_BR.IFLA_BR_MCAST_HASH_ELASTICITY),
            MulticastHashMaximum = index.UInt32(IFLA_BR.IFLA_BR_MCAST_HASH_MAX),
            MulticastLastMemberCount = index.UInt32(IFLA_BR.IFLA_BR_MCAST_LAST_MEMBER_CNT),
            MulticastStartupQueryCount = index.UInt32(IFLA_BR.IFLA_BR_MCAST_STARTUP_QUERY_CNT),
            MulticastLastMemberInterval = index.UInt64(IFLA_BR.IFLA_BR_MCAST_LAST_MEMBER_INTVL),
            MulticastMembershipInterval = index.UInt64(IFLA_BR.IFLA_BR_MCAST_MEMBERSHIP_INTVL),
            MulticastQuerierInterval = index.UInt64(IFLA_BR.IFLA_BR_MCAST_QUERIER_INTVL),
            MulticastQueryInterval = index.UInt64(IFLA_BR.IFLA_BR_MCAST_QUERY_INTVL),
            MulticastQueryResponseInterval = index.UInt64(IFLA_BR.IFLA_BR_MCAST_QUERY_RESPONSE_INTVL),
            MulticastStartupQueryInterval = index.UInt64(IFLA_BR.IFLA_BR_MCAST_STARTUP_QUERY_INTVL),
            CallIptables = index.Bool(IFLA_BR.IFLA_BR_NF_CALL_IPTABLES),
            CallIp6tables = index.Bool(IFLA_BR.IFLA_BR_NF_CALL_IP6TABLES),
            CallArptables = index.Bool(IFLA_BR.IFLA_BR_NF_CALL_ARPTABLES),
            DefaultVlan = index.UInt16(IFLA_BR.IFLA_BR_VLAN_DEFAULT_PVID),
            VlanStatistics = index.Bool(IFLA_BR.IFLA_BR_VLAN_STATS_ENABLED),
            MulticastStatistics = index.Bool(IFLA_BR.IFLA_BR_MCAST_STATS_ENABLED),
            IgmpVersion = index.Byte(IFLA_BR.IFLA_BR_MCAST_IGMP_VERSION),
            MldVersion = index.Byte(IFLA_BR.IFLA_BR_MCAST_MLD_VERSION),
            VlanStatisticsPerPort = index.Bool(IFLA_BR.IFLA_BR_VLAN_STATS_PER_PORT),
            Options = index.Struct<br_boolopt_multi>(IFLA_BR.IFLA_BR_MULTI_BOOLOPT),
            MulticastQuerierState = new RawAttributes(index.Payload(IFLA_BR.IFLA_BR_MCAST_QUERIER_STATE)),
            LearnedCount = index.UInt32(IFLA_BR.IFLA_BR_FDB_N_LEARNED),
            LearnedMaximum = index.UInt32(IFLA_BR.IFLA_BR_FDB_MAX_LEARNED),
            Other = index.Others(Known),
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
        if (!GroupAddress.IsEmpty)
            data.Put(IFLA_BR.IFLA_BR_GROUP_ADDR, GroupAddress.Span);
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
        data.PutStructIf(IFLA_BR.IFLA_BR_MULTI_BOOLOPT, Options);
        if (!MulticastQuerierState.IsEmpty)
            data.Put(IFLA_BR.IFLA_BR_MCAST_QUERIER_STATE, MulticastQuerierState.Span);
        data.PutIf(IFLA_BR.IFLA_BR_FDB_MAX_LEARNED, LearnedMaximum);
        Other.Write(data);
    }

    [ModuleInitializer]
    internal static void Enter() => KnownLinkKinds.Add(Kind, static () => Names);
}
