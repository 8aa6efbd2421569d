using System.Runtime.CompilerServices;
using VffNetlink.Diagnostics;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>The part of another link (<see cref="LinkChange.ParentIndex"/>) that bears a VLAN tag.</summary>
public readonly record struct VlanLink : ILinkKind<VlanLink>
{
    private static readonly AttributeSpace Mappings = AttributeSpace.Of<IFLA_VLAN_QOS>((IFLA_VLAN_QOS.IFLA_VLAN_QOS_MAPPING, AttributeSpace.OfStruct<ifla_vlan_qos_mapping>()));

    private static readonly AttributeSpace Names = AttributeSpace.Of<IFLA_VLAN>(
            (IFLA_VLAN.IFLA_VLAN_EGRESS_QOS, Mappings),
            (IFLA_VLAN.IFLA_VLAN_INGRESS_QOS, Mappings),
            (IFLA_VLAN.IFLA_VLAN_FLAGS, AttributeSpace.OfStruct<ifla_vlan_flags>()))
        .With(ValueFormat.U16, IFLA_VLAN.IFLA_VLAN_ID)
        .With(ValueFormat.HexBigEndian, IFLA_VLAN.IFLA_VLAN_PROTOCOL);

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Kind => "vlan"u8;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> KindName => Kind;

    /// <inheritdoc/>
    public AttributeSpace? DataNames => Names;

    /// <inheritdoc/>
    public bool IsSlave => false;

    /// <inheritdoc/>
    public int Room => 128 + Ingress.Span.Length + Egress.Span.Length + Other.Span.Length;

    /// <summary>0 to 4095.</summary>
    public ushort? Id { get; init; }

    /// <summary>0x8100 is 802.1Q (the default), 0x88a8 is 802.1ad.</summary>
    public ushort? Protocol { get; init; }

    /// <summary>Flags, and which of them to change: the kernel tells all.</summary>
    public ifla_vlan_flags? Flags { get; init; }

    /// <summary>From the tag's priorities to the packet's, as attributes; see <see cref="MappingsOf"/> and <see cref="ReadMappings"/>.</summary>
    public RawAttributes Ingress { get; init; }

    /// <summary>From the packet's priorities to the tag's, as attributes; see <see cref="MappingsOf"/> and <see cref="ReadMappings"/>.</summary>
    public RawAttributes Egress { get; init; }

    /// <summary>What this library has no name for, as it came; it is written back.</summary>
    public RawAttributes Other { get; init; }

    /// <inheritdoc/>
    public static VlanLink Read(ReadOnlySpan<byte> data)
    {
        var attributes = new DataReader<IFLA_VLAN>(data);
        return new VlanLink
        {
            Id = attributes.UInt16(IFLA_VLAN.IFLA_VLAN_ID),
            Protocol = attributes.UInt16BigEndian(IFLA_VLAN.IFLA_VLAN_PROTOCOL),
            Flags = attributes.Struct<ifla_vlan_flags>(IFLA_VLAN.IFLA_VLAN_FLAGS),
            Ingress = attributes.Nest(IFLA_VLAN.IFLA_VLAN_INGRESS_QOS),
            Egress = attributes.Nest(IFLA_VLAN.IFLA_VLAN_EGRESS_QOS),
            Other = attributes.Others(),
        };
    }

    /// <summary>Mappings as the attributes of <see cref="Ingress"/> or <see cref="Egress"/>.</summary>
    public static RawAttributes MappingsOf(params ReadOnlySpan<VlanPriorityMapping> mappings)
    {
        var buffer = new byte[32 + (mappings.Length * 12)];
        var message = MessageWriter.Begin(buffer, 0, NLM_F.NONE);
        var attributes = message.PutHeader<nlmsghdr, IFLA_VLAN_QOS>(default);
        var start = attributes.Mark();
        foreach (var mapping in mappings)
            attributes.PutStruct(IFLA_VLAN_QOS.IFLA_VLAN_QOS_MAPPING, new ifla_vlan_qos_mapping { from = mapping.From, to = mapping.To });
        return new RawAttributes(message.Message[start..]);
    }

    /// <summary>The mappings in <see cref="Ingress"/> or <see cref="Egress"/>.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are malformed.</exception>
    public static IReadOnlyList<VlanPriorityMapping> ReadMappings(RawAttributes attributes)
    {
        var list = new List<VlanPriorityMapping>();
        foreach (var a in attributes.Read<IFLA_VLAN_QOS>())
        {
            if (a.Id != IFLA_VLAN_QOS.IFLA_VLAN_QOS_MAPPING)
                continue;
            var mapping = a.ReadStruct<ifla_vlan_qos_mapping>();
            list.Add(new VlanPriorityMapping(mapping.from, mapping.to));
        }

        return list;
    }

    /// <inheritdoc/>
    public void WriteData(AttributeWriter<IFLA_INFO> info)
    {
        using var data = info.Nest<IFLA_VLAN>(IFLA_INFO.IFLA_INFO_DATA);
        data.PutIf(IFLA_VLAN.IFLA_VLAN_ID, Id);
        data.PutBigEndianIf(IFLA_VLAN.IFLA_VLAN_PROTOCOL, Protocol);
        data.PutIf(IFLA_VLAN.IFLA_VLAN_FLAGS, Flags);
        data.PutIf(IFLA_VLAN.IFLA_VLAN_INGRESS_QOS, Ingress);
        data.PutIf(IFLA_VLAN.IFLA_VLAN_EGRESS_QOS, Egress);
        Other.Write(data);
    }

    [ModuleInitializer]
    internal static void Enter() => KnownLinkKinds.Add(Kind, static () => Names);
}
