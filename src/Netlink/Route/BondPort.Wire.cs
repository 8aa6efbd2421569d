using System.Runtime.CompilerServices;
using VffNetlink.Diagnostics;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <content>As the kernel has it.</content>
public readonly partial record struct BondPort
{
    private static readonly AttributeSpace Names = AttributeSpace.Of<IFLA_BOND_SLAVE>()
        .With(ValueFormat.U8, IFLA_BOND_SLAVE.IFLA_BOND_SLAVE_STATE, IFLA_BOND_SLAVE.IFLA_BOND_SLAVE_MII_STATUS, IFLA_BOND_SLAVE.IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE)
        .With(ValueFormat.U32, IFLA_BOND_SLAVE.IFLA_BOND_SLAVE_LINK_FAILURE_COUNT)
        .With(ValueFormat.LinkAddress, IFLA_BOND_SLAVE.IFLA_BOND_SLAVE_PERM_HWADDR)
        .With(ValueFormat.U16, IFLA_BOND_SLAVE.IFLA_BOND_SLAVE_QUEUE_ID, IFLA_BOND_SLAVE.IFLA_BOND_SLAVE_AD_AGGREGATOR_ID, IFLA_BOND_SLAVE.IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE)
        .With(ValueFormat.S32, IFLA_BOND_SLAVE.IFLA_BOND_SLAVE_PRIO);

    private static readonly UInt128 Known = AttributeIndex<IFLA_BOND_SLAVE>.MaskOf(
        IFLA_BOND_SLAVE.IFLA_BOND_SLAVE_STATE, IFLA_BOND_SLAVE.IFLA_BOND_SLAVE_MII_STATUS, IFLA_BOND_SLAVE.IFLA_BOND_SLAVE_LINK_FAILURE_COUNT,
        IFLA_BOND_SLAVE.IFLA_BOND_SLAVE_PERM_HWADDR, IFLA_BOND_SLAVE.IFLA_BOND_SLAVE_QUEUE_ID, IFLA_BOND_SLAVE.IFLA_BOND_SLAVE_AD_AGGREGATOR_ID,
        IFLA_BOND_SLAVE.IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE, IFLA_BOND_SLAVE.IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE,
        IFLA_BOND_SLAVE.IFLA_BOND_SLAVE_PRIO);

    /// <inheritdoc/>
    public static BondPort Read(ReadOnlySpan<byte> data)
    {
        var index = new AttributeIndex<IFLA_BOND_SLAVE>(data);
        return new BondPort
        {
            State = index.Byte(IFLA_BOND_SLAVE.IFLA_BOND_SLAVE_STATE),
            LinkStatus = index.Byte(IFLA_BOND_SLAVE.IFLA_BOND_SLAVE_MII_STATUS),
            LinkFailures = index.UInt32(IFLA_BOND_SLAVE.IFLA_BOND_SLAVE_LINK_FAILURE_COUNT),
            PermanentAddress = LinkLayerAddress.Of(index.Payload(IFLA_BOND_SLAVE.IFLA_BOND_SLAVE_PERM_HWADDR)),
            Queue = index.UInt16(IFLA_BOND_SLAVE.IFLA_BOND_SLAVE_QUEUE_ID),
            Aggregator = index.UInt16(IFLA_BOND_SLAVE.IFLA_BOND_SLAVE_AD_AGGREGATOR_ID),
            ActorState = index.Byte(IFLA_BOND_SLAVE.IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE),
            PartnerState = index.UInt16(IFLA_BOND_SLAVE.IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE),
            Priority = index.Int32(IFLA_BOND_SLAVE.IFLA_BOND_SLAVE_PRIO),
            Other = index.Others(Known),
        };
    }

    /// <inheritdoc/>
    public void WriteData(AttributeWriter<IFLA_INFO> info)
    {
        using var data = info.Nest<IFLA_BOND_SLAVE>(IFLA_INFO.IFLA_INFO_SLAVE_DATA);
        data.PutIf(IFLA_BOND_SLAVE.IFLA_BOND_SLAVE_QUEUE_ID, Queue);
        data.PutIf(IFLA_BOND_SLAVE.IFLA_BOND_SLAVE_PRIO, Priority);
        Other.Write(data);
    }

    [ModuleInitializer]
    internal static void Enter() => KnownLinkKinds.AddPort(Kind, static () => Names);
}
