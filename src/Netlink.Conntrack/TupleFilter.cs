using VffNetlink.Conntrack.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>What one direction of a flow must be. What is null is not compared; the default value matches every tuple.</summary>
public readonly record struct TupleFilter
{
    /// <summary>The transport.</summary>
    public IpProtocol? Protocol { get; init; }

    /// <summary>Where packets come from: an address, or all that share a prefix. Kernels know addresses alone; prefixes are compared here.</summary>
    public AddressPrefix? Source { get; init; }

    /// <summary>Where they go; otherwise as <see cref="Source"/>.</summary>
    public AddressPrefix? Destination { get; init; }

    /// <summary>The source port in the machine's byte order; GRE: the key.</summary>
    public ushort? SourcePort { get; init; }

    /// <summary>The destination port in the machine's byte order; GRE: the key.</summary>
    public ushort? DestinationPort { get; init; }

    /// <summary>ICMP's type; no other transport has one.</summary>
    public byte? IcmpType { get; init; }

    /// <summary>ICMP's code; no other transport has one.</summary>
    public byte? IcmpCode { get; init; }

    /// <summary>ICMP's identifier of an exchange in the machine's byte order; no other transport has one.</summary>
    public ushort? IcmpId { get; init; }

    /// <summary>Whether it matches every tuple.</summary>
    public bool IsEmpty =>
        Protocol is null && Source is null && Destination is null && SourcePort is null && DestinationPort is null && IcmpType is null && IcmpCode is null && IcmpId is null;

    /// <summary>Whether a tuple is as it must be.</summary>
    public bool Matches(in ConntrackTuple tuple) =>
        (Protocol is not { } protocol || tuple.Protocol == protocol)
        && (SourcePort is not { } sourcePort || (!tuple.IsIcmp && tuple.SourcePort == sourcePort))
        && (DestinationPort is not { } destinationPort || (!tuple.IsIcmp && tuple.DestinationPort == destinationPort))
        && (IcmpType is not { } type || tuple.IcmpType == type)
        && (IcmpCode is not { } code || tuple.IcmpCode == code)
        && (IcmpId is not { } id || tuple.IcmpId == id)
        && (Source is not { } source || source.Contains(tuple.Source))
        && (Destination is not { } destination || destination.Contains(tuple.Destination));

    /// <summary>Such as <c>TCP 192.0.2.1:* -> *:443</c>, with <c>type 8</c> and the like behind it for ICMP.</summary>
    public override string ToString()
    {
        var protocol = Protocol is { } number ? Enum.GetName(number)?.ToUpperInvariant() ?? $"protocol {(byte)number}" : "any";
        return $"{protocol} {Address(Source)}:{Text(SourcePort)} -> {Address(Destination)}:{Text(DestinationPort)}{Icmp("type", IcmpType)}{Icmp("code", IcmpCode)}{Icmp("id", IcmpId)}";

        static string Address(AddressPrefix? prefix) => prefix is { IsOneAddress: true } one ? one.Address.ToString() : Text(prefix);

        static string Text<T>(T? value)
            where T : struct => value?.ToString() ?? "*";

        static string Icmp<T>(string name, T? value)
            where T : struct => value is { } known ? $" {name} {known}" : "";
    }

    /// <summary>
    /// What of it the kernel can be asked to compare. Prefixes never; ports need the transport and are only compared for TCP and UDP, types, codes and identifiers for ICMP
    /// and ICMPv6; IPv6 addresses are compared the wrong way round (Linux up to 6.18), and so never sent.
    /// </summary>
    internal CTA_FILTER_F KernelFlags(InetFamily family)
    {
        var flags = default(CTA_FILTER_F);
        if (family == InetFamily.IPv4)
        {
            if (Source is { IsOneAddress: true, Address.IsIPv4: true })
                flags |= CTA_FILTER_F.CTA_FILTER_F_CTA_IP_SRC;
            if (Destination is { IsOneAddress: true, Address.IsIPv4: true })
                flags |= CTA_FILTER_F.CTA_FILTER_F_CTA_IP_DST;
        }

        if (family == InetFamily.Unspecified || Protocol is not { } protocol)
            return flags;
        flags |= CTA_FILTER_F.CTA_FILTER_F_CTA_PROTO_NUM;
        if (protocol == IpProtocol.Icmp && family == InetFamily.IPv4)
            return flags | IcmpFlags(CTA_FILTER_F.CTA_FILTER_F_CTA_PROTO_ICMP_TYPE, CTA_FILTER_F.CTA_FILTER_F_CTA_PROTO_ICMP_CODE, CTA_FILTER_F.CTA_FILTER_F_CTA_PROTO_ICMP_ID);
        if (protocol == IpProtocol.IcmpV6 && family == InetFamily.IPv6)
            return flags | IcmpFlags(CTA_FILTER_F.CTA_FILTER_F_CTA_PROTO_ICMPV6_TYPE, CTA_FILTER_F.CTA_FILTER_F_CTA_PROTO_ICMPV6_CODE, CTA_FILTER_F.CTA_FILTER_F_CTA_PROTO_ICMPV6_ID);
        if (protocol is not (IpProtocol.Tcp or IpProtocol.Udp))
            return flags;
        if (SourcePort is not null)
            flags |= CTA_FILTER_F.CTA_FILTER_F_CTA_PROTO_SRC_PORT;
        if (DestinationPort is not null)
            flags |= CTA_FILTER_F.CTA_FILTER_F_CTA_PROTO_DST_PORT;
        return flags;
    }

    /// <summary>Whether the kernel can be asked to compare all of it.</summary>
    internal bool IsKernelsAlone(InetFamily family)
    {
        var flags = KernelFlags(family);
        return (Protocol is null) == ((flags & CTA_FILTER_F.CTA_FILTER_F_CTA_PROTO_NUM) == 0)
            && (Source is null) == ((flags & CTA_FILTER_F.CTA_FILTER_F_CTA_IP_SRC) == 0)
            && (Destination is null) == ((flags & CTA_FILTER_F.CTA_FILTER_F_CTA_IP_DST) == 0)
            && (SourcePort is null) == ((flags & CTA_FILTER_F.CTA_FILTER_F_CTA_PROTO_SRC_PORT) == 0)
            && (DestinationPort is null) == ((flags & CTA_FILTER_F.CTA_FILTER_F_CTA_PROTO_DST_PORT) == 0)
            && (IcmpType is null) == ((flags & (CTA_FILTER_F.CTA_FILTER_F_CTA_PROTO_ICMP_TYPE | CTA_FILTER_F.CTA_FILTER_F_CTA_PROTO_ICMPV6_TYPE)) == 0)
            && (IcmpCode is null) == ((flags & (CTA_FILTER_F.CTA_FILTER_F_CTA_PROTO_ICMP_CODE | CTA_FILTER_F.CTA_FILTER_F_CTA_PROTO_ICMPV6_CODE)) == 0)
            && (IcmpId is null) == ((flags & (CTA_FILTER_F.CTA_FILTER_F_CTA_PROTO_ICMP_ID | CTA_FILTER_F.CTA_FILTER_F_CTA_PROTO_ICMPV6_ID)) == 0);
    }

    /// <summary>Puts the tuple that the kernel is to compare with, and nothing that it does not compare.</summary>
    internal void Write(AttributeWriter<CTA> attributes, CTA id, CTA_FILTER_F flags)
    {
        using var tuple = attributes.NestFlagged<CTA_TUPLE>(id);
        if ((flags & (CTA_FILTER_F.CTA_FILTER_F_CTA_IP_SRC | CTA_FILTER_F.CTA_FILTER_F_CTA_IP_DST)) != 0)
        {
            var (source, destination) = (Source.GetValueOrDefault().Address, Destination.GetValueOrDefault().Address);
            using var ip = tuple.NestFlagged<CTA_IP>(CTA_TUPLE.CTA_TUPLE_IP);
            if ((flags & CTA_FILTER_F.CTA_FILTER_F_CTA_IP_SRC) != 0)
                ip.Put(CTA_IP.CTA_IP_V4_SRC, source.AsSpan());
            if ((flags & CTA_FILTER_F.CTA_FILTER_F_CTA_IP_DST) != 0)
                ip.Put(CTA_IP.CTA_IP_V4_DST, destination.AsSpan());
        }

        if ((flags & CTA_FILTER_F.CTA_FILTER_F_CTA_PROTO_NUM) == 0)
            return;
        using var transport = tuple.NestFlagged<CTA_PROTO>(CTA_TUPLE.CTA_TUPLE_PROTO);
        var v6 = Protocol == IpProtocol.IcmpV6;
        transport.Put(CTA_PROTO.CTA_PROTO_NUM, (byte)Protocol.GetValueOrDefault());
        if ((flags & CTA_FILTER_F.CTA_FILTER_F_CTA_PROTO_SRC_PORT) != 0)
            transport.PutBigEndian(CTA_PROTO.CTA_PROTO_SRC_PORT, SourcePort.GetValueOrDefault());
        if ((flags & CTA_FILTER_F.CTA_FILTER_F_CTA_PROTO_DST_PORT) != 0)
            transport.PutBigEndian(CTA_PROTO.CTA_PROTO_DST_PORT, DestinationPort.GetValueOrDefault());
        if ((flags & (CTA_FILTER_F.CTA_FILTER_F_CTA_PROTO_ICMP_TYPE | CTA_FILTER_F.CTA_FILTER_F_CTA_PROTO_ICMPV6_TYPE)) != 0)
            transport.Put(v6 ? CTA_PROTO.CTA_PROTO_ICMPV6_TYPE : CTA_PROTO.CTA_PROTO_ICMP_TYPE, IcmpType.GetValueOrDefault());
        if ((flags & (CTA_FILTER_F.CTA_FILTER_F_CTA_PROTO_ICMP_CODE | CTA_FILTER_F.CTA_FILTER_F_CTA_PROTO_ICMPV6_CODE)) != 0)
            transport.Put(v6 ? CTA_PROTO.CTA_PROTO_ICMPV6_CODE : CTA_PROTO.CTA_PROTO_ICMP_CODE, IcmpCode.GetValueOrDefault());
        if ((flags & (CTA_FILTER_F.CTA_FILTER_F_CTA_PROTO_ICMP_ID | CTA_FILTER_F.CTA_FILTER_F_CTA_PROTO_ICMPV6_ID)) != 0)
            transport.PutBigEndian(v6 ? CTA_PROTO.CTA_PROTO_ICMPV6_ID : CTA_PROTO.CTA_PROTO_ICMP_ID, IcmpId.GetValueOrDefault());
    }

    private CTA_FILTER_F IcmpFlags(CTA_FILTER_F type, CTA_FILTER_F code, CTA_FILTER_F id) =>
        (IcmpType is null ? default : type) | (IcmpCode is null ? default : code) | (IcmpId is null ? default : id);
}
