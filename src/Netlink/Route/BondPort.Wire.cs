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

    /// <inheritdoc/>
    public static BondPort Read(ReadOnlySpan<byte> data)
    {
        var attributes = new DataReader<IFLA_BOND_SLAVE>(data);
        return new BondPort
        {
            State = attributes.Byte(IFLA_BOND_SLAVE.IFLA_BOND_SLAVE_STATE),
            LinkStatus = attributes.Byte(IFLA_BOND_SLAVE.IFLA_BOND_SLAVE_MII_STATUS),
            LinkFailures = attributes.UInt32(IFLA_BOND_SLAVE.IFLA_BOND_SLAVE_LINK_FAILURE_COUNT),
            PermanentAddress = attributes.LinkAddress(IFLA_BOND_SLAVE.IFLA_BOND_SLAVE_PERM_HWADDR),
            Queue = attributes.UInt16(IFLA_BOND_SLAVE.IFLA_BOND_SLAVE_QUEUE_ID),
            Aggregator = attributes.UInt16(IFLA_BOND_SLAVE.IFLA_BOND_SLAVE_AD_AGGREGATOR_ID),
            ActorState = attributes.Byte(IFLA_BOND_SLAVE.IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE),
            PartnerState = attributes.UInt16(IFLA_BOND_SLAVE.IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE),
            Priority = attributes.Int32(IFLA_BOND_SLAVE.IFLA_BOND_SLAVE_PRIO),
            Other = attributes.Others(),
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
