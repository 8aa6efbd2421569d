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

    /// <inheritdoc/>
    public static BondLink Read(ReadOnlySpan<byte> data)
    {
        var attributes = new DataReader<IFLA_BOND>(data);
        return new BondLink
        {
            Mode = attributes.Byte(IFLA_BOND.IFLA_BOND_MODE),
            ActivePort = attributes.UInt32(IFLA_BOND.IFLA_BOND_ACTIVE_SLAVE),
            MonitorInterval = attributes.UInt32(IFLA_BOND.IFLA_BOND_MIIMON),
            UpDelay = attributes.UInt32(IFLA_BOND.IFLA_BOND_UPDELAY),
            DownDelay = attributes.UInt32(IFLA_BOND.IFLA_BOND_DOWNDELAY),
            UsesCarrier = attributes.Bool(IFLA_BOND.IFLA_BOND_USE_CARRIER),
            ArpInterval = attributes.UInt32(IFLA_BOND.IFLA_BOND_ARP_INTERVAL),
            ArpTargets = attributes.Nest(IFLA_BOND.IFLA_BOND_ARP_IP_TARGET),
            ArpValidation = attributes.UInt32(IFLA_BOND.IFLA_BOND_ARP_VALIDATE),
            ArpAllTargets = attributes.UInt32(IFLA_BOND.IFLA_BOND_ARP_ALL_TARGETS),
            Primary = attributes.UInt32(IFLA_BOND.IFLA_BOND_PRIMARY),
            PrimaryReselection = attributes.Byte(IFLA_BOND.IFLA_BOND_PRIMARY_RESELECT),
            FailOverAddress = attributes.Byte(IFLA_BOND.IFLA_BOND_FAIL_OVER_MAC),
            HashPolicy = attributes.Byte(IFLA_BOND.IFLA_BOND_XMIT_HASH_POLICY),
            ResendIgmp = attributes.UInt32(IFLA_BOND.IFLA_BOND_RESEND_IGMP),
            PeerNotifications = attributes.Byte(IFLA_BOND.IFLA_BOND_NUM_PEER_NOTIF),
            AllPortsActive = attributes.Bool(IFLA_BOND.IFLA_BOND_ALL_SLAVES_ACTIVE),
            MinimumLinks = attributes.UInt32(IFLA_BOND.IFLA_BOND_MIN_LINKS),
            LearningInterval = attributes.UInt32(IFLA_BOND.IFLA_BOND_LP_INTERVAL),
            PacketsPerPort = attributes.UInt32(IFLA_BOND.IFLA_BOND_PACKETS_PER_SLAVE),
            LacpRate = attributes.Byte(IFLA_BOND.IFLA_BOND_AD_LACP_RATE),
            AggregatorSelection = attributes.Byte(IFLA_BOND.IFLA_BOND_AD_SELECT),
            Aggregation = attributes.Nest(IFLA_BOND.IFLA_BOND_AD_INFO),
            ActorPriority = attributes.UInt16(IFLA_BOND.IFLA_BOND_AD_ACTOR_SYS_PRIO),
            UserPortKey = attributes.UInt16(IFLA_BOND.IFLA_BOND_AD_USER_PORT_KEY),
            ActorSystem = attributes.LinkAddress(IFLA_BOND.IFLA_BOND_AD_ACTOR_SYSTEM),
            DynamicBalancing = attributes.Bool(IFLA_BOND.IFLA_BOND_TLB_DYNAMIC_LB),
            PeerNotificationDelay = attributes.UInt32(IFLA_BOND.IFLA_BOND_PEER_NOTIF_DELAY),
            LacpActive = attributes.Bool(IFLA_BOND.IFLA_BOND_AD_LACP_ACTIVE),
            ArpMissedMaximum = attributes.Byte(IFLA_BOND.IFLA_BOND_MISSED_MAX),
            NeighbourTargets = attributes.Nest(IFLA_BOND.IFLA_BOND_NS_IP6_TARGET),
            CoupledControl = attributes.Bool(IFLA_BOND.IFLA_BOND_COUPLED_CONTROL),
            Other = attributes.Others(),
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
        data.PutIf(IFLA_BOND.IFLA_BOND_ARP_IP_TARGET, ArpTargets);
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
        data.PutIf(IFLA_BOND.IFLA_BOND_AD_ACTOR_SYSTEM, ActorSystem);
        data.PutIf(IFLA_BOND.IFLA_BOND_TLB_DYNAMIC_LB, DynamicBalancing);
        data.PutIf(IFLA_BOND.IFLA_BOND_PEER_NOTIF_DELAY, PeerNotificationDelay);
        data.PutIf(IFLA_BOND.IFLA_BOND_AD_LACP_ACTIVE, LacpActive);
        data.PutIf(IFLA_BOND.IFLA_BOND_MISSED_MAX, ArpMissedMaximum);
        data.PutIf(IFLA_BOND.IFLA_BOND_NS_IP6_TARGET, NeighbourTargets);
        data.PutIf(IFLA_BOND.IFLA_BOND_COUPLED_CONTROL, CoupledControl);
        Other.Write(data);
    }

    [ModuleInitializer]
    internal static void Enter() => KnownLinkKinds.Add(Kind, static () => Names);
}
