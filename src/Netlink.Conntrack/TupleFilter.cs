using VffNetlink.Conntrack.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>What one direction of a flow must be. What is null is not compared; the default value matches every tuple.</summary>
public readonly record struct TupleFilter
{
    /// <summary>The transport.</summary>
    public IpProtocol? Protocol { get; init; }

    /// <summary>Where packets come from.</summary>
    public InetAddress? Source { get; init; }

    /// <summary>Where they go.</summary>
    public InetAddress? Destination { get; init; }

    /// <summary>The source port in the machine's byte order.</summary>
    public ushort? SourcePort { get; init; }

    /// <summary>The destination port in the machine's byte order.</summary>
    public ushort? DestinationPort { get; init; }

    /// <summary>Whether it matches every tuple.</summary>
    public bool IsEmpty => this == default;

    /// <summary>Whether a tuple is as it must be.</summary>
    public bool Matches(in ConntrackTuple tuple) =>
        (Protocol is not { } protocol || tuple.Protocol == protocol)
        && (SourcePort is not { } sourcePort || tuple.SourcePort == sourcePort)
        && (DestinationPort is not { } destinationPort || tuple.DestinationPort == destinationPort)
        && (Source is not { } source || tuple.Source == source)
        && (Destination is not { } destination || tuple.Destination == destination);

    /// <summary>Such as <c>tcp 192.0.2.1:* -> *:443</c>.</summary>
    public override string ToString()
    {
        var protocol = Protocol is { } number ? Enum.GetName(number)?.ToUpperInvariant() ?? $"protocol {(byte)number}" : "any";
        return $"{protocol} {Text(Source)}:{Text(SourcePort)} -> {Text(Destination)}:{Text(DestinationPort)}";

        static string Text<T>(T? value)
            where T : struct => value?.ToString() ?? "*";
    }

    /// <summary>
    /// What of it the kernel can be asked to compare. Ports need the transport and are only compared for TCP and UDP; IPv6 addresses
    /// are compared the wrong way round (Linux up to 6.18), and so never sent.
    /// </summary>
    internal CTA_FILTER_F KernelFlags(InetFamily family)
    {
        var flags = default(CTA_FILTER_F);
        if (family == InetFamily.IPv4)
        {
            if (Source is { IsIPv4: true })
                flags |= CTA_FILTER_F.CTA_FILTER_F_CTA_IP_SRC;
            if (Destination is { IsIPv4: true })
                flags |= CTA_FILTER_F.CTA_FILTER_F_CTA_IP_DST;
        }

        if (family == InetFamily.Unspecified || Protocol is not { } protocol)
            return flags;
        flags |= CTA_FILTER_F.CTA_FILTER_F_CTA_PROTO_NUM;
        if (protocol is not (IpProtocol.Tcp or IpProtocol.Udp))
            return flags;
        if (SourcePort is not null)
            flags |= CTA_FILTER_F.CTA_FILTER_F_CTA_PROTO_SRC_PORT;
        if (DestinationPort is not null)
            flags |= CTA_FILTER_F.CTA_FILTER_F_CTA_PROTO_DST_PORT;
        return flags;
    }

    /// <summary>Puts the tuple that the kernel is to compare with, and nothing that it does not compare.</summary>
    internal void Write(AttributeWriter<CTA> attributes, CTA id, CTA_FILTER_F flags)
    {
        using var tuple = attributes.NestFlagged<CTA_TUPLE>(id);
        if ((flags & (CTA_FILTER_F.CTA_FILTER_F_CTA_IP_SRC | CTA_FILTER_F.CTA_FILTER_F_CTA_IP_DST)) != 0)
        {
            using var ip = tuple.NestFlagged<CTA_IP>(CTA_TUPLE.CTA_TUPLE_IP);
            if ((flags & CTA_FILTER_F.CTA_FILTER_F_CTA_IP_SRC) != 0)
                ip.Put(CTA_IP.CTA_IP_V4_SRC, Source.GetValueOrDefault().AsSpan());
            if ((flags & CTA_FILTER_F.CTA_FILTER_F_CTA_IP_DST) != 0)
                ip.Put(CTA_IP.CTA_IP_V4_DST, Destination.GetValueOrDefault().AsSpan());
        }

        if ((flags & CTA_FILTER_F.CTA_FILTER_F_CTA_PROTO_NUM) == 0)
            return;
        using var transport = tuple.NestFlagged<CTA_PROTO>(CTA_TUPLE.CTA_TUPLE_PROTO);
        transport.Put(CTA_PROTO.CTA_PROTO_NUM, (byte)Protocol.GetValueOrDefault());
        if ((flags & CTA_FILTER_F.CTA_FILTER_F_CTA_PROTO_SRC_PORT) != 0)
            transport.PutBigEndian(CTA_PROTO.CTA_PROTO_SRC_PORT, SourcePort.GetValueOrDefault());
        if ((flags & CTA_FILTER_F.CTA_FILTER_F_CTA_PROTO_DST_PORT) != 0)
            transport.PutBigEndian(CTA_PROTO.CTA_PROTO_DST_PORT, DestinationPort.GetValueOrDefault());
    }
}
