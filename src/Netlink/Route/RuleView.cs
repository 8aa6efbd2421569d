using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>A view of a message about a routing rule, valid until the datagram's buffer is used again. <see cref="RoutingRule"/> is a copy to keep.</summary>
public readonly ref struct RuleView : IRouteView<RuleView>
{
    private static readonly UInt128 Known = AttributeIndex<FRA>.MaskOf(
        FRA.FRA_DST, FRA.FRA_SRC, FRA.FRA_IIFNAME, FRA.FRA_GOTO, FRA.FRA_PRIORITY, FRA.FRA_FWMARK, FRA.FRA_FLOW, FRA.FRA_TUN_ID, FRA.FRA_SUPPRESS_IFGROUP,
        FRA.FRA_SUPPRESS_PREFIXLEN, FRA.FRA_TABLE, FRA.FRA_FWMASK, FRA.FRA_OIFNAME, FRA.FRA_PAD, FRA.FRA_L3MDEV, FRA.FRA_UID_RANGE, FRA.FRA_PROTOCOL,
        FRA.FRA_IP_PROTO, FRA.FRA_SPORT_RANGE, FRA.FRA_DPORT_RANGE, FRA.FRA_DSCP, FRA.FRA_FLOWLABEL, FRA.FRA_FLOWLABEL_MASK, FRA.FRA_SPORT_MASK, FRA.FRA_DPORT_MASK,
        FRA.FRA_DSCP_MASK);

    private readonly fib_rule_hdr _header;
    private readonly AttributeIndex<FRA> _index;

    private RuleView(scoped in NetlinkMessage message)
    {
        IsRemoval = message.Type == (ushort)RTM.RTM_DELRULE;
        _header = message.ReadHeader<fib_rule_hdr>();
        _index = new AttributeIndex<FRA>(message.Attributes<fib_rule_hdr, FRA>().Rest);
    }

    /// <inheritdoc/>
    public bool IsRemoval { get; }

    /// <summary>AF_INET (2) or AF_INET6 (10); 128 and 129 are the rules of multicast routes.</summary>
    public byte Family => _header.family;

    /// <summary>The destination; the default value: any.</summary>
    public InetAddress Destination => _index.Address(FRA.FRA_DST);

    /// <summary>Bits of <see cref="Destination"/>.</summary>
    public byte DestinationLength => _header.dst_len;

    /// <summary>The source; the default value: any.</summary>
    public InetAddress Source => _index.Address(FRA.FRA_SRC);

    /// <summary>Bits of <see cref="Source"/>.</summary>
    public byte SourceLength => _header.src_len;

    /// <summary>The type of service; 0: any.</summary>
    public byte TypeOfService => _header.tos;

    /// <summary>What it does.</summary>
    public FR_ACT Action => _header.action;

    /// <summary>Flags: <see cref="FIB_RULE.FIB_RULE_INVERT"/> matches what does not match.</summary>
    public FIB_RULE Flags => _header.flags;

    /// <summary>The table to look up in, also above 255.</summary>
    public uint Table => _index.UInt32(FRA.FRA_TABLE) ?? _header.table;

    /// <summary>The lower the earlier.</summary>
    public uint Priority => _index.UInt32(FRA.FRA_PRIORITY) ?? 0;

    /// <summary>The link that packets came in on; empty: any.</summary>
    public ReadOnlySpan<byte> InputName => _index.Utf8(FRA.FRA_IIFNAME);

    /// <summary>The link that sockets are bound to; empty: any.</summary>
    public ReadOnlySpan<byte> OutputName => _index.Utf8(FRA.FRA_OIFNAME);

    /// <summary>The priority of the rule to go on with.</summary>
    public uint? Goto => _index.UInt32(FRA.FRA_GOTO);

    /// <summary>The mark that packets have under <see cref="MarkMask"/>.</summary>
    public uint? Mark => _index.UInt32(FRA.FRA_FWMARK);

    /// <summary>The bits of the mark that count.</summary>
    public uint? MarkMask => _index.UInt32(FRA.FRA_FWMASK);

    /// <summary>Realms (<c>FRA_FLOW</c>).</summary>
    public uint? Realms => _index.UInt32(FRA.FRA_FLOW);

    /// <summary>The tunnel's id.</summary>
    public ulong? TunnelId => _index.TryGet(FRA.FRA_TUN_ID, out var id) ? id.ReadUInt64BigEndian() : null;

    /// <summary>Routes with prefixes up to this length do not count; null: all count.</summary>
    public uint? SuppressPrefixLength => Limited(FRA.FRA_SUPPRESS_PREFIXLEN);

    /// <summary>Routes that leave by a link of this group do not count; null: all count.</summary>
    public uint? SuppressGroup => Limited(FRA.FRA_SUPPRESS_IFGROUP);

    /// <summary>Whether the table is the one of the packet's VRF.</summary>
    public bool IsL3Master => _index.Byte(FRA.FRA_L3MDEV) is > 0;

    /// <summary>The owners of sockets; null: any.</summary>
    public fib_rule_uid_range? Users => _index.Struct<fib_rule_uid_range>(FRA.FRA_UID_RANGE);

    /// <summary>RTPROT_*, who added it.</summary>
    public byte? Protocol => _index.Byte(FRA.FRA_PROTOCOL);

    /// <summary>The protocol of packets; null: any.</summary>
    public IpProtocol? IpProtocol => (IpProtocol?)_index.Byte(FRA.FRA_IP_PROTO);

    /// <summary>Source ports; null: any.</summary>
    public fib_rule_port_range? SourcePorts => _index.Struct<fib_rule_port_range>(FRA.FRA_SPORT_RANGE);

    /// <summary>Destination ports; null: any.</summary>
    public fib_rule_port_range? DestinationPorts => _index.Struct<fib_rule_port_range>(FRA.FRA_DPORT_RANGE);

    /// <summary>The bits of the source port that count (Linux 6.15).</summary>
    public ushort? SourcePortMask => _index.UInt16(FRA.FRA_SPORT_MASK);

    /// <summary>The bits of the destination port that count (Linux 6.15).</summary>
    public ushort? DestinationPortMask => _index.UInt16(FRA.FRA_DPORT_MASK);

    /// <summary>Differentiated services, six bits (Linux 6.13).</summary>
    public byte? Dscp => _index.Byte(FRA.FRA_DSCP);

    /// <summary>The bits of <see cref="Dscp"/> that count (Linux 6.15).</summary>
    public byte? DscpMask => _index.Byte(FRA.FRA_DSCP_MASK);

    /// <summary>The IPv6 flow label (Linux 6.14).</summary>
    public uint? FlowLabel => _index.UInt32BigEndian(FRA.FRA_FLOWLABEL);

    /// <summary>The bits of <see cref="FlowLabel"/> that count (Linux 6.14).</summary>
    public uint? FlowLabelMask => _index.UInt32BigEndian(FRA.FRA_FLOWLABEL_MASK);

    /// <summary>All attributes as they came, for what has no property here.</summary>
    public AttributeReader<FRA> Attributes => _index.All;

    /// <summary>Reads an <c>RTM_NEWRULE</c> or <c>RTM_DELRULE</c>; false for other messages.</summary>
    /// <param name="message">The message, whose bytes the view refers to.</param>
    /// <param name="view">Valid as long as the message.</param>
    /// <exception cref="NetlinkFormatException">The message is malformed.</exception>
    public static bool TryRead(scoped in NetlinkMessage message, out RuleView view)
    {
        var isRule = message.Type is (ushort)RTM.RTM_NEWRULE or (ushort)RTM.RTM_DELRULE;
        view = isRule ? new RuleView(message) : default;
        return isRule;
    }

    /// <summary>A copy to keep.</summary>
    /// <exception cref="NetlinkFormatException">An attribute is malformed.</exception>
    public RoutingRule ToRecord() => new()
    {
        Family = Family,
        Destination = Destination is { Length: > 0 } destination ? destination.ToIPAddress() : null,
        DestinationLength = DestinationLength,
        Source = Source is { Length: > 0 } source ? source.ToIPAddress() : null,
        SourceLength = SourceLength,
        TypeOfService = TypeOfService,
        Action = Action,
        Flags = Flags,
        Table = Table,
        Priority = _index.UInt32(FRA.FRA_PRIORITY),
        InputName = _index.Text(FRA.FRA_IIFNAME),
        OutputName = _index.Text(FRA.FRA_OIFNAME),
        Goto = Goto,
        Mark = Mark,
        MarkMask = MarkMask,
        Realms = Realms,
        TunnelId = TunnelId,
        SuppressPrefixLength = SuppressPrefixLength,
        SuppressGroup = SuppressGroup,
        IsL3Master = IsL3Master,
        Users = Users,
        Protocol = Protocol,
        IpProtocol = IpProtocol,
        SourcePorts = SourcePorts,
        DestinationPorts = DestinationPorts,
        SourcePortMask = SourcePortMask,
        DestinationPortMask = DestinationPortMask,
        Dscp = Dscp,
        DscpMask = DscpMask,
        FlowLabel = FlowLabel,
        FlowLabelMask = FlowLabelMask,
        Other = _index.Others(Known),
    };

    private uint? Limited(FRA id) => _index.UInt32(id) is { } value and not uint.MaxValue ? value : null;
}
