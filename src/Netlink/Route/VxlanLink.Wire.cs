using System.Runtime.CompilerServices;
using VffNetlink.Diagnostics;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <content>As the kernel has it.</content>
public readonly partial record struct VxlanLink
{
    private static readonly AttributeSpace Names = AttributeSpace.Of<IFLA_VXLAN>((IFLA_VXLAN.IFLA_VXLAN_PORT_RANGE, AttributeSpace.OfStruct<ifla_vxlan_port_range>()))
        .With(ValueFormat.U32, IFLA_VXLAN.IFLA_VXLAN_LINK, IFLA_VXLAN.IFLA_VXLAN_AGEING, IFLA_VXLAN.IFLA_VXLAN_LIMIT, IFLA_VXLAN.IFLA_VXLAN_LABEL_POLICY, IFLA_VXLAN.IFLA_VXLAN_ID)
        .With(ValueFormat.U8, IFLA_VXLAN.IFLA_VXLAN_TTL, IFLA_VXLAN.IFLA_VXLAN_TOS, IFLA_VXLAN.IFLA_VXLAN_DF, IFLA_VXLAN.IFLA_VXLAN_UDP_CSUM, IFLA_VXLAN.IFLA_VXLAN_UDP_ZERO_CSUM6_TX)
        .With(ValueFormat.U8, IFLA_VXLAN.IFLA_VXLAN_UDP_ZERO_CSUM6_RX, IFLA_VXLAN.IFLA_VXLAN_REMCSUM_TX, IFLA_VXLAN.IFLA_VXLAN_REMCSUM_RX, IFLA_VXLAN.IFLA_VXLAN_LOCALBYPASS, IFLA_VXLAN.IFLA_VXLAN_LEARNING)
        .With(ValueFormat.U8, IFLA_VXLAN.IFLA_VXLAN_PROXY, IFLA_VXLAN.IFLA_VXLAN_RSC, IFLA_VXLAN.IFLA_VXLAN_L2MISS, IFLA_VXLAN.IFLA_VXLAN_L3MISS, IFLA_VXLAN.IFLA_VXLAN_COLLECT_METADATA)
        .With(ValueFormat.U8, IFLA_VXLAN.IFLA_VXLAN_VNIFILTER)
        .With(ValueFormat.Flag, IFLA_VXLAN.IFLA_VXLAN_TTL_INHERIT, IFLA_VXLAN.IFLA_VXLAN_GBP, IFLA_VXLAN.IFLA_VXLAN_GPE, IFLA_VXLAN.IFLA_VXLAN_REMCSUM_NOPARTIAL)
        .With(ValueFormat.U32BigEndian, IFLA_VXLAN.IFLA_VXLAN_LABEL)
        .With(ValueFormat.Address, IFLA_VXLAN.IFLA_VXLAN_LOCAL, IFLA_VXLAN.IFLA_VXLAN_LOCAL6, IFLA_VXLAN.IFLA_VXLAN_GROUP, IFLA_VXLAN.IFLA_VXLAN_GROUP6)
        .With(ValueFormat.U16BigEndian, IFLA_VXLAN.IFLA_VXLAN_PORT);

    /// <inheritdoc/>
    public static VxlanLink Read(ReadOnlySpan<byte> data)
    {
        var attributes = new DataReader<IFLA_VXLAN>(data);
        return new VxlanLink
        {
            LinkIndex = attributes.UInt32(IFLA_VXLAN.IFLA_VXLAN_LINK),
            TimeToLive = attributes.Byte(IFLA_VXLAN.IFLA_VXLAN_TTL),
            TypeOfService = attributes.Byte(IFLA_VXLAN.IFLA_VXLAN_TOS),
            // A flag where it is set, a byte where it is told.
            TimeToLiveInherit = attributes.TryGet(IFLA_VXLAN.IFLA_VXLAN_TTL_INHERIT, out var inherit) && (inherit.Payload.IsEmpty || inherit.Payload[0] != 0),
            DontFragment = attributes.Byte(IFLA_VXLAN.IFLA_VXLAN_DF),
            FlowLabel = attributes.UInt32BigEndian(IFLA_VXLAN.IFLA_VXLAN_LABEL),
            Ageing = attributes.UInt32(IFLA_VXLAN.IFLA_VXLAN_AGEING),
            AddressLimit = attributes.UInt32(IFLA_VXLAN.IFLA_VXLAN_LIMIT),
            UdpChecksum = attributes.Bool(IFLA_VXLAN.IFLA_VXLAN_UDP_CSUM),
            ZeroChecksum6Send = attributes.Bool(IFLA_VXLAN.IFLA_VXLAN_UDP_ZERO_CSUM6_TX),
            ZeroChecksum6Receive = attributes.Bool(IFLA_VXLAN.IFLA_VXLAN_UDP_ZERO_CSUM6_RX),
            RemoteChecksumSend = attributes.Bool(IFLA_VXLAN.IFLA_VXLAN_REMCSUM_TX),
            RemoteChecksumReceive = attributes.Bool(IFLA_VXLAN.IFLA_VXLAN_REMCSUM_RX),
            LocalBypass = attributes.Bool(IFLA_VXLAN.IFLA_VXLAN_LOCALBYPASS),
            LabelPolicy = attributes.UInt32(IFLA_VXLAN.IFLA_VXLAN_LABEL_POLICY),
            Network = attributes.UInt32(IFLA_VXLAN.IFLA_VXLAN_ID),
            LocalIPv4 = attributes.Address(IFLA_VXLAN.IFLA_VXLAN_LOCAL),
            LocalIPv6 = attributes.Address(IFLA_VXLAN.IFLA_VXLAN_LOCAL6),
            RemoteIPv4 = attributes.Address(IFLA_VXLAN.IFLA_VXLAN_GROUP),
            RemoteIPv6 = attributes.Address(IFLA_VXLAN.IFLA_VXLAN_GROUP6),
            Learning = attributes.Bool(IFLA_VXLAN.IFLA_VXLAN_LEARNING),
            Proxy = attributes.Bool(IFLA_VXLAN.IFLA_VXLAN_PROXY),
            RouteShortCircuit = attributes.Bool(IFLA_VXLAN.IFLA_VXLAN_RSC),
            LinkMissNotifications = attributes.Bool(IFLA_VXLAN.IFLA_VXLAN_L2MISS),
            NetworkMissNotifications = attributes.Bool(IFLA_VXLAN.IFLA_VXLAN_L3MISS),
            PortRange = attributes.Struct<ifla_vxlan_port_range>(IFLA_VXLAN.IFLA_VXLAN_PORT_RANGE),
            Port = attributes.UInt16BigEndian(IFLA_VXLAN.IFLA_VXLAN_PORT),
            GroupPolicy = attributes.Has(IFLA_VXLAN.IFLA_VXLAN_GBP),
            GenericProtocol = attributes.Has(IFLA_VXLAN.IFLA_VXLAN_GPE),
            RemoteChecksumNoPartial = attributes.Has(IFLA_VXLAN.IFLA_VXLAN_REMCSUM_NOPARTIAL),
            CollectMetadata = attributes.Bool(IFLA_VXLAN.IFLA_VXLAN_COLLECT_METADATA),
            VniFilter = attributes.Bool(IFLA_VXLAN.IFLA_VXLAN_VNIFILTER),
            Other = attributes.Others(),
        };
    }

    /// <inheritdoc/>
    public void WriteData(AttributeWriter<IFLA_INFO> info)
    {
        using var data = info.Nest<IFLA_VXLAN>(IFLA_INFO.IFLA_INFO_DATA);
        data.PutIf(IFLA_VXLAN.IFLA_VXLAN_LINK, LinkIndex);
        data.PutIf(IFLA_VXLAN.IFLA_VXLAN_TTL, TimeToLive);
        data.PutIf(IFLA_VXLAN.IFLA_VXLAN_TOS, TypeOfService);
        if (TimeToLiveInherit)
            data.PutFlag(IFLA_VXLAN.IFLA_VXLAN_TTL_INHERIT);
        data.PutIf(IFLA_VXLAN.IFLA_VXLAN_DF, DontFragment);
        data.PutBigEndianIf(IFLA_VXLAN.IFLA_VXLAN_LABEL, FlowLabel);
        data.PutIf(IFLA_VXLAN.IFLA_VXLAN_AGEING, Ageing);
        data.PutIf(IFLA_VXLAN.IFLA_VXLAN_LIMIT, AddressLimit);
        data.PutIf(IFLA_VXLAN.IFLA_VXLAN_UDP_CSUM, UdpChecksum);
        data.PutIf(IFLA_VXLAN.IFLA_VXLAN_UDP_ZERO_CSUM6_TX, ZeroChecksum6Send);
        data.PutIf(IFLA_VXLAN.IFLA_VXLAN_UDP_ZERO_CSUM6_RX, ZeroChecksum6Receive);
        data.PutIf(IFLA_VXLAN.IFLA_VXLAN_REMCSUM_TX, RemoteChecksumSend);
        data.PutIf(IFLA_VXLAN.IFLA_VXLAN_REMCSUM_RX, RemoteChecksumReceive);
        data.PutIf(IFLA_VXLAN.IFLA_VXLAN_LOCALBYPASS, LocalBypass);
        data.PutIf(IFLA_VXLAN.IFLA_VXLAN_LABEL_POLICY, LabelPolicy);
        data.PutIf(IFLA_VXLAN.IFLA_VXLAN_ID, Network);
        data.PutIf(IFLA_VXLAN.IFLA_VXLAN_LOCAL, LocalIPv4);
        data.PutIf(IFLA_VXLAN.IFLA_VXLAN_LOCAL6, LocalIPv6);
        data.PutIf(IFLA_VXLAN.IFLA_VXLAN_GROUP, RemoteIPv4);
        data.PutIf(IFLA_VXLAN.IFLA_VXLAN_GROUP6, RemoteIPv6);
        data.PutIf(IFLA_VXLAN.IFLA_VXLAN_LEARNING, Learning);
        data.PutIf(IFLA_VXLAN.IFLA_VXLAN_PROXY, Proxy);
        data.PutIf(IFLA_VXLAN.IFLA_VXLAN_RSC, RouteShortCircuit);
        data.PutIf(IFLA_VXLAN.IFLA_VXLAN_L2MISS, LinkMissNotifications);
        data.PutIf(IFLA_VXLAN.IFLA_VXLAN_L3MISS, NetworkMissNotifications);
        data.PutIf(IFLA_VXLAN.IFLA_VXLAN_PORT_RANGE, PortRange);
        data.PutBigEndianIf(IFLA_VXLAN.IFLA_VXLAN_PORT, Port);
        if (GroupPolicy)
            data.PutFlag(IFLA_VXLAN.IFLA_VXLAN_GBP);
        if (GenericProtocol)
            data.PutFlag(IFLA_VXLAN.IFLA_VXLAN_GPE);
        if (RemoteChecksumNoPartial)
            data.PutFlag(IFLA_VXLAN.IFLA_VXLAN_REMCSUM_NOPARTIAL);
        data.PutIf(IFLA_VXLAN.IFLA_VXLAN_COLLECT_METADATA, CollectMetadata);
        data.PutIf(IFLA_VXLAN.IFLA_VXLAN_VNIFILTER, VniFilter);
        Other.Write(data);
    }

    [ModuleInitializer]
    internal static void Enter() => KnownLinkKinds.Add(Kind, static () => Names);
}
