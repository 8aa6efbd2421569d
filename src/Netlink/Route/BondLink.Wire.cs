using System.Runtime.CompilerServices;
using VffNetlink.Diagnostics;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <content>As the kernel has it.</content>
public readonly partial record struct BondLink
{
    private static readonly AttributeSpace Names = AttributeSpace.Of<IFLA_BOND>((IFLA_BOND.IFLA_BOND_AD_INFO, AttributeSpace.Of<IFLA_BOND_AD_INFO>()
            .With(ValueFormat.U16, IFLA_BOND_AD_INFO.IFLA_BOND_AD_INFO_AGGREGATOR, IFLA_BOND_AD_INFO.IFLA_BOND_AD_INFO_NUM_PORTS)
            .With(ValueFormat.U16, IFLA_BOND_AD_INFO.IFLA_BOND_AD_INFO_ACTOR_KEY, IFLA_BOND_AD_INFO.IFLA_BOND_AD_INFO_PARTNER_KEY)
            .With(ValueFormat.LinkAddress, IFLA_BOND_AD_INFO.IFLA_BOND_AD_INFO_PARTNER_MAC)))
        .With(ValueFormat.U8, IFLA_BOND.IFLA_BOND_MODE, IFLA_BOND.IFLA_BOND_USE_CARRIER, IFLA_BOND.IFLA_BOND_PRIMARY_RESELECT, IFLA_BOND.IFLA_BOND_FAIL_OVER_MAC)
        .With(ValueFormat.U8, IFLA_BOND.IFLA_BOND_XMIT_HASH_POLICY, IFLA_BOND.IFLA_BOND_NUM_PEER_NOTIF, IFLA_BOND.IFLA_BOND_ALL_SLAVES_ACTIVE, IFLA_BOND.IFLA_BOND_AD_LACP_RATE)
        .With(ValueFormat.U8, IFLA_BOND.IFLA_BOND_AD_SELECT, IFLA_BOND.IFLA_BOND_TLB_DYNAMIC_LB, IFLA_BOND.IFLA_BOND_AD_LACP_ACTIVE, IFLA_BOND.IFLA_BOND_MISSED_MAX)
        .With(ValueFormat.U8, IFLA_BOND.IFLA_BOND_COUPLED_CONTROL)
        .With(ValueFormat.U32, IFLA_BOND.IFLA_BOND_ACTIVE_SLAVE, IFLA_BOND.IFLA_BOND_MIIMON, IFLA_BOND.IFLA_BOND_UPDELAY, IFLA_BOND.IFLA_BOND_DOWNDELAY)
        .With(ValueFormat.U32, IFLA_BOND.IFLA_BOND_ARP_INTERVAL, IFLA_BOND.IFLA_BOND_ARP_VALIDATE, IFLA_BOND.IFLA_BOND_ARP_ALL_TARGETS, IFLA_BOND.IFLA_BOND_PRIMARY)
        .With(ValueFormat.U32, IFLA_BOND.IFLA_BOND_RESEND_IGMP, IFLA_BOND.IFLA_BOND_MIN_LINKS, IFLA_BOND.IFLA_BOND_LP_INTERVAL, IFLA_BOND.IFLA_BOND_PACKETS_PER_SLAVE)
        .With(ValueFormat.U32, IFLA_BOND.IFLA_BOND_PEER_NOTIF_DELAY)
        .With(ValueFormat.U16, IFLA_BOND.IFLA_BOND_AD_ACTOR_SYS_PRIO, IFLA_BOND.IFLA_BOND_AD_USER_PORT_KEY)
        .With(ValueFormat.LinkAddress, IFLA_BOND.IFLA_BOND_AD_ACTOR_SYSTEM);

    private static readonly UInt128 Known = AttributeIndex<IFLA_BOND>.MaskOf(
        IFLA_BOND.IFLA_BOND_MODE, IFLA_BOND.IFLA_BOND_ACTIVE_SLAVE, IFLA_BOND.IFLA_BOND_MIIMON, IFLA_BOND.IFLA_BOND_UPDELAY,
        IFLA_BOND.IFLA_BOND_DOWNDELAY, IFLA_BOND.IFLA_BOND_USE_CARRIER, IFLA_BOND.IFLA_BOND_ARP_INTERVAL, IFLA_BOND.IFLA_BOND_ARP_IP_TARGET,
        IFLA_BOND.IFLA_BOND_ARP_VALIDATE, IFLA_BOND.IFLA_BOND_ARP_ALL_TARGETS, IFLA_BOND.IFLA_BOND_PRIMARY, IFLA_BOND.IFLA_BOND_PRIMARY_RESELECT,
        IFLA_BOND.IFLA_BOND_FAIL_OVER_MAC, IFLA_BOND.IFLA_BOND_XMIT_HASH_POLICY, IFLA_BOND.IFLA_BOND_RESEND_IGMP, IFLA_BOND.IFLA_BOND_NUM_PEER_NOTIF,
        IFLA_BOND.IFLA_BOND_ALL_SLAVES_ACTIVE, IFLA_BOND.IFLA_BOND_MIN_LINKS, IFLA_BOND.IFLA_BOND_LP_INTERVAL, IFLA_BOND.IFLA_BOND_PACKETS_PER_SLAVE,
        IFLA_BOND.IFLA_BOND_AD_LACP_RATE, IFLA_BOND.IFLA_BOND_AD_SELECT, IFLA_BOND.IFLA_BOND_AD_INFO, IFLA_BOND.IFLA_BOND_AD_ACTOR_SYS_PRIO,
        IFLA_BOND.IFLA_BOND_AD_USER_PORT_KEY, IFLA_BOND.IFLA_BOND_AD_ACTOR_SYSTEM, IFLA_BOND.IFLA_BOND_TLB_DYNAMIC_LB,
        IFLA_BOND.IFLA_BOND_PEER_NOTIF_DELAY, IFLA_BOND.IFLA_BOND_AD_LACP_ACTIVE, IFLA_BOND.IFLA_BOND_MISSED_MAX, IFLA_BOND.IFLA_BOND_NS_IP6_TARGET,
        IFLA_BOND.IFLA_BOND_COUPLED_CONTROL);

    /// <inheritdoc/>
    public static BondLink Read(ReadOnlySpan<byte> data)
    {
        var index = new AttributeIndex<IFLA_BOND>(data);
        return new BondLink
        {
            Mode = index.Byte(IFLA_BOND.IFLA_BOND_MODE),
            ActivePort = index.UInt32(IFLA_BOND.IFLA_BOND_ACTIVE_SLAVE),
            MonitorInterval = index.UInt32(IFLA_BOND.IFLA_BOND_MIIMON),
            UpDelay = index.UInt32(IFLA_BOND.IFLA_BOND_UPDELAY),
            DownDelay = index.UInt32(IFLA_BOND.IFLA_BOND_DOWNDELAY),
            UsesCarrier = index.Bool(IFLA_BOND.IFLA_BOND_USE_CARRIER),
            ArpInterval = index.UInt32(IFLA_BOND.IFLA_BOND_ARP_INTERVAL),
            ArpTargets = new RawAttributes(index.Payload(IFLA_BOND.IFLA_BOND_ARP_IP_TARGET)),
            ArpValidation = index.UInt32(IFLA_BOND.IFLA_BOND_ARP_VALIDATE),
            ArpAllTargets = index.UInt32(IFLA_BOND.IFLA_BOND_ARP_ALL_TARGETS),
            Primary = index.UInt32(IFLA_BOND.IFLA_BOND_PRIMARY),
            PrimaryReselection = index.Byte(IFLA_BOND.IFLA_BOND_PRIMARY_RESELECT),
            FailOverAddress = index.Byte(IFLA_BOND.IFLA_BOND_FAIL_OVER_MAC),
            HashPolicy = index.Byte(IFLA_BOND.IFLA_BOND_XMIT_HASH_POLICY),
            ResendIgmp = index.UInt32(IFLA_BOND.IFLA_BOND_RESEND_IGMP),
            PeerNotifications = index.Byte(IFLA_BOND.IFLA_BOND_NUM_PEER_NOTIF),
            AllPortsActive = index.Bool(IFLA_BOND.IFLA_BOND_ALL_SLAVES_ACTIVE),
            MinimumLinks = index.UInt32(IFLA_BOND.IFLA_BOND_MIN_LINKS),
            LearningInterval = index.UInt32(IFLA_BOND.IFLA_BOND_LP_INTERVAL),
            PacketsPerPort = index.UInt32(IFLA_BOND.IFLA_BOND_PACKETS_PER_SLAVE),
            LacpRate = index.Byte(IFLA_BOND.IFLA_BOND_AD_LACP_RATE),
            AggregatorSelection = index.Byte(IFLA_BOND.IFLA_BOND_AD_SELECT),
            Aggregation = new RawAttributes(index.Payload(IFLA_BOND.IFLA_BOND_AD_INFO)),
            ActorPriority = index.UInt16(IFLA_BOND.IFLA_BOND_AD_ACTOR_SYS_PRIO),
            UserPortKey = index.UInt16(IFLA_BOND.IFLA_BOND_AD_USER_PORT_KEY),
            ActorSystem = LinkLayerAddress.Of(index.Payload(IFLA_BOND.IFLA_BOND_AD_ACTOR_SYSTEM)),
            DynamicBalancing = index.Bool(IFLA_BOND.IFLA_BOND_TLB_DYNAMIC_LB),
            PeerNotificationDelay = index.UInt32(IFLA_BOND.IFLA_BOND_PEER_NOTIF_DELAY),
            LacpActive = index.Bool(IFLA_BOND.IFLA_BOND_AD_LACP_ACTIVE),
            ArpMissedMaximum = index.Byte(IFLA_BOND.IFLA_BOND_MISSED_MAX),
            NeighbourTargets = new RawAttributes(index.Payload(IFLA_BOND.IFLA_BOND_NS_IP6_TARGET)),
            CoupledControl = index.Bool(IFLA_BOND.IFLA_BOND_COUPLED_CONTROL),
            Other = index.Others(Known),
        };
    }

    /// <inheritdoc/>
    public void WriteData(AttributeWriter<IFLA_INFO> info)
    {
        using var data = info.Nest<IFLA_BOND>(IFLA_INFO.IFLA_INFO_DATA);
        data.PutIf(IFLA_BOND.IFLA_BOND_MODE, Mode);
        data.PutIf(IFLA_BOND.IFLA_BOND_ACTIVE_SLAVE, ActivePort);
        data.PutIf(IFLA_BOND.IFLA_BOND_MIIMON, MonitorInterval);
        data.PutIf(IFLA_BOND.IFLA_BOND_UPDELAY, UpDelay);
        data.PutIf(IFLA_BOND.IFLA_BOND_DOWNDELAY, DownDelay);
        data.PutIf(IFLA_BOND.IFLA_BOND_USE_CARRIER, UsesCarrier);
        data.PutIf(IFLA_BOND.IFLA_BOND_ARP_INTERVAL, ArpInterval);
        if (!ArpTargets.IsEmpty)
            data.Put(IFLA_BOND.IFLA_BOND_ARP_IP_TARGET, ArpTargets.Span);
        data.PutIf(IFLA_BOND.IFLA_BOND_ARP_VALIDATE, ArpValidation);
        data.PutIf(IFLA_BOND.IFLA_BOND_ARP_ALL_TARGETS, ArpAllTargets);
        data.PutIf(IFLA_BOND.IFLA_BOND_PRIMARY, Primary);
        data.PutIf(IFLA_BOND.IFLA_BOND_PRIMARY_RESELECT, PrimaryReselection);
        data.PutIf(IFLA_BOND.IFLA_BOND_FAIL_OVER_MAC, FailOverAddress);
        data.PutIf(IFLA_BOND.IFLA_BOND_XMIT_HASH_POLICY, HashPolicy);
        data.PutIf(IFLA_BOND.IFLA_BOND_RESEND_IGMP, ResendIgmp);
        data.PutIf(IFLA_BOND.IFLA_BOND_NUM_PEER_NOTIF, PeerNotifications);
        data.PutIf(IFLA_BOND.IFLA_BOND_ALL_SLAVES_ACTIVE, AllPortsActive);
        data.PutIf(IFLA_BOND.IFLA_BOND_MIN_LINKS, MinimumLinks);
        data.PutIf(IFLA_BOND.IFLA_BOND_LP_INTERVAL, LearningInterval);
        data.PutIf(IFLA_BOND.IFLA_BOND_PACKETS_PER_SLAVE, PacketsPerPort);
        data.PutIf(IFLA_BOND.IFLA_BOND_AD_LACP_RATE, LacpRate);
        data.PutIf(IFLA_BOND.IFLA_BOND_AD_SELECT, AggregatorSelection);
        data.PutIf(IFLA_BOND.IFLA_BOND_AD_ACTOR_SYS_PRIO, ActorPriority);
        data.PutIf(IFLA_BOND.IFLA_BOND_AD_USER_PORT_KEY, UserPortKey);
        if (!ActorSystem.IsEmpty)
            data.Put(IFLA_BOND.IFLA_BOND_AD_ACTOR_SYSTEM, ActorSystem.Span);
        data.PutIf(IFLA_BOND.IFLA_BOND_TLB_DYNAMIC_LB, DynamicBalancing);
        data.PutIf(IFLA_BOND.IFLA_BOND_PEER_NOTIF_DELAY, PeerNotificationDelay);
        data.PutIf(IFLA_BOND.IFLA_BOND_AD_LACP_ACTIVE, LacpActive);
        data.PutIf(IFLA_BOND.IFLA_BOND_MISSED_MAX, ArpMissedMaximum);
        if (!NeighbourTargets.IsEmpty)
            data.Put(IFLA_BOND.IFLA_BOND_NS_IP6_TARGET, NeighbourTargets.Span);
        data.PutIf(IFLA_BOND.IFLA_BOND_COUPLED_CONTROL, CoupledControl);
        Other.Write(data);
    }

    [ModuleInitializer]
    internal static void Enter() => KnownLinkKinds.Add(Kind, static () => Names);
}
