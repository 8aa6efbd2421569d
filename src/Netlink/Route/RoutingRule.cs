using System.Net;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>A routing rule, which chooses the table that a packet's route is looked up in, as it is or as it shall be. What is null does not count.</summary>
public sealed record RoutingRule : IRouteObject
{
    /// <summary>AF_INET (2) or AF_INET6 (10).</summary>
    public required byte Family { get; init; }

    /// <summary>The destination; null: any.</summary>
    public IPAddress? Destination { get; init; }

    /// <summary>Bits of <see cref="Destination"/>; 0 is refused beside an address.</summary>
    public byte DestinationLength { get; init; }

    /// <summary>The source; null: any.</summary>
    public IPAddress? Source { get; init; }

    /// <summary>Bits of <see cref="Source"/>; 0 is refused beside an address.</summary>
    public byte SourceLength { get; init; }

    /// <summary>The type of service; 0: any.</summary>
    public byte TypeOfService { get; init; }

    /// <summary>What it does. <see cref="FR_ACT.FR_ACT_UNSPEC"/> where one is removed: whatever it does.</summary>
    public FR_ACT Action { get; init; } = FR_ACT.FR_ACT_TO_TBL;

    /// <summary>Flags: <see cref="FIB_RULE.FIB_RULE_INVERT"/> matches what does not match.</summary>
    public FIB_RULE Flags { get; init; }

    /// <summary>
    /// The table to look up in: 254 is <c>main</c>. Also above 255. 0 where a rule that looks up is added: <c>main</c>, as with routes (the kernel would take any
    /// IPv4 table that is empty, and refuse IPv6); where one is removed: any.
    /// </summary>
    public uint Table { get; init; }

    /// <summary>The lower the earlier; null: the kernel chooses, in front of the others.</summary>
    public uint? Priority { get; init; }

    /// <summary>The link that packets came in on; <c>lo</c>: this host's own.</summary>
    public string? InputName { get; init; }

    /// <summary>The link that sockets are bound to.</summary>
    public string? OutputName { get; init; }

    /// <summary>The priority of the rule to go on with, where <see cref="Action"/> says so.</summary>
    public uint? Goto { get; init; }

    /// <summary>The mark that packets have under <see cref="MarkMask"/>.</summary>
    public uint? Mark { get; init; }

    /// <summary>The bits of the mark that count; null: all.</summary>
    public uint? MarkMask { get; init; }

    /// <summary>Realms (<c>FRA_FLOW</c>).</summary>
    public uint? Realms { get; init; }

    /// <summary>The tunnel's id.</summary>
    public ulong? TunnelId { get; init; }

    /// <summary>Routes with prefixes up to this length do not count.</summary>
    public uint? SuppressPrefixLength { get; init; }

    /// <summary>Routes that leave by a link of this group do not count.</summary>
    public uint? SuppressGroup { get; init; }

    /// <summary>Whether the table is the one of the packet's VRF.</summary>
    public bool IsL3Master { get; init; }

    /// <summary>The owners of sockets.</summary>
    public fib_rule_uid_range? Users { get; init; }

    /// <summary>RTPROT_*, who added it.</summary>
    public byte? Protocol { get; init; }

    /// <summary>The protocol of packets.</summary>
    public IpProtocol? IpProtocol { get; init; }

    /// <summary>Source ports.</summary>
    public fib_rule_port_range? SourcePorts { get; init; }

    /// <summary>Destination ports.</summary>
    public fib_rule_port_range? DestinationPorts { get; init; }

    /// <summary>The bits of the source port that count (Linux 6.15).</summary>
    public ushort? SourcePortMask { get; init; }

    /// <summary>The bits of the destination port that count (Linux 6.15).</summary>
    public ushort? DestinationPortMask { get; init; }

    /// <summary>Differentiated services, six bits (Linux 6.13).</summary>
    public byte? Dscp { get; init; }

    /// <summary>The bits of <see cref="Dscp"/> that count (Linux 6.15).</summary>
    public byte? DscpMask { get; init; }

    /// <summary>The IPv6 flow label (Linux 6.14).</summary>
    public uint? FlowLabel { get; init; }

    /// <summary>The bits of <see cref="FlowLabel"/> that count (Linux 6.14).</summary>
    public uint? FlowLabelMask { get; init; }

    /// <summary>What this library has no name for, as it came; it is written back.</summary>
    public RawAttributes Other { get; init; }

    /// <summary>As it is added.</summary>
    internal RoutingRule WithTable => Table == 0 && Action == FR_ACT.FR_ACT_TO_TBL && !IsL3Master ? this with { Table = (uint)RT_TABLE.RT_TABLE_MAIN } : this;

    static AttributeSpace IRouteObject.Space => RouteCatalog.Rules;

    int IRouteObject.Room => 384 + (3 * ((InputName?.Length ?? 0) + (OutputName?.Length ?? 0))) + Other.Span.Length;

    /// <summary>Reads a rule out of an <c>RTM_NEWRULE</c> or <c>RTM_DELRULE</c>.</summary>
    /// <exception cref="NetlinkFormatException">The message is malformed, or about something else.</exception>
    public static RoutingRule Read(scoped in NetlinkMessage message)
    {
        if (!RuleView.TryRead(message, out var view))
            Throw.Format($"A message of type {message.Type} is not about a routing rule.");
        return view.ToRecord();
    }

    /// <summary>Puts header and attributes of a message about it.</summary>
    /// <exception cref="ArgumentException">An address is not of the rule's family, or has no prefix length.</exception>
    public void Write(MessageWriter message)
    {
        var attributes = message.PutHeader<fib_rule_hdr, FRA>(new fib_rule_hdr
        {
            family = Family,
            dst_len = DestinationLength,
            src_len = SourceLength,
            tos = TypeOfService,
            table = Table <= byte.MaxValue ? (byte)Table : (byte)0,
            action = Action,
            flags = Flags,
        });
        attributes.PutPrefix(FRA.FRA_SRC, Source, SourceLength, Family, "rule");
        attributes.PutPrefix(FRA.FRA_DST, Destination, DestinationLength, Family, "rule");
        attributes.PutIf(FRA.FRA_PRIORITY, Priority);
        attributes.PutIf(FRA.FRA_FWMARK, Mark);
        attributes.PutIf(FRA.FRA_FWMASK, MarkMask);
        attributes.PutIf(FRA.FRA_FLOW, Realms);
        if (Table > byte.MaxValue)
            attributes.Put(FRA.FRA_TABLE, Table);
        attributes.PutIf(FRA.FRA_SUPPRESS_PREFIXLEN, SuppressPrefixLength);
        attributes.PutIf(FRA.FRA_SUPPRESS_IFGROUP, SuppressGroup);
        attributes.PutIf(FRA.FRA_IIFNAME, InputName);
        attributes.PutIf(FRA.FRA_OIFNAME, OutputName);
        if (IsL3Master)
            attributes.Put(FRA.FRA_L3MDEV, (byte)1);
        attributes.PutIf(FRA.FRA_UID_RANGE, Users);
        attributes.PutIf(FRA.FRA_PROTOCOL, Protocol);
        attributes.PutIf(FRA.FRA_IP_PROTO, (byte?)IpProtocol);
        attributes.PutIf(FRA.FRA_SPORT_RANGE, SourcePorts);
        attributes.PutIf(FRA.FRA_DPORT_RANGE, DestinationPorts);
        attributes.PutIf(FRA.FRA_GOTO, Goto);
        attributes.PutBigEndianIf(FRA.FRA_TUN_ID, TunnelId);
        attributes.PutIf(FRA.FRA_SPORT_MASK, SourcePortMask);
        attributes.PutIf(FRA.FRA_DPORT_MASK, DestinationPortMask);
        attributes.PutIf(FRA.FRA_DSCP, Dscp);
        attributes.PutIf(FRA.FRA_DSCP_MASK, DscpMask);
        attributes.PutBigEndianIf(FRA.FRA_FLOWLABEL, FlowLabel);
        attributes.PutBigEndianIf(FRA.FRA_FLOWLABEL_MASK, FlowLabelMask);
        Other.Write(attributes);
    }

    /// <summary>Such as <c>100: from 192.0.2.0/24 lookup 1000</c>.</summary>
    public override string ToString() =>
        $"{(Priority is null ? "" : $"{Priority}: ")}from {(Source is null ? "all" : $"{Source}/{SourceLength}")}{(Destination is null ? "" : $" to {Destination}/{DestinationLength}")} {(Action == FR_ACT.FR_ACT_TO_TBL ? $"lookup {Table}" : Action)}";
}
