using VffNetlink.Conntrack.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>
/// What one end of a new flow is to be translated to: the kernel picks an address and a port of the range. Equal ends of the range leave it no choice; what is
/// null stays as it is, as far as no other flow has it.
/// </summary>
public readonly record struct NatRange
{
    /// <summary>The first address, of the flow's family; null: the address stays.</summary>
    public InetAddress? First { get; init; }

    /// <summary>The last address; null: the first one.</summary>
    public InetAddress? Last { get; init; }

    /// <summary>The first port in the machine's byte order, or ICMP's identifier; null: the port stays where it can.</summary>
    public ushort? FirstPort { get; init; }

    /// <summary>The last port; null: the first one.</summary>
    public ushort? LastPort { get; init; }

    /// <summary>Exactly one address and one port.</summary>
    public static NatRange To(InetAddress address, ushort? port = null) => new() { First = address, FirstPort = port };

    /// <summary>Reads the inside of CTA_NAT_SRC or CTA_NAT_DST.</summary>
    internal static NatRange Read(AttributeReader<CTA_NAT> attributes)
    {
        var range = default(NatRange);
        foreach (var a in attributes)
        {
            switch (a.Id)
            {
                case CTA_NAT.CTA_NAT_V4_MINIP or CTA_NAT.CTA_NAT_V6_MINIP:
                    range = range with { First = Address(a) };
                    break;
                case CTA_NAT.CTA_NAT_V4_MAXIP or CTA_NAT.CTA_NAT_V6_MAXIP:
                    range = range with { Last = Address(a) };
                    break;
                case CTA_NAT.CTA_NAT_PROTO:
                    foreach (var port in a.Nested<CTA_PROTONAT>())
                    {
                        if (port.Id == CTA_PROTONAT.CTA_PROTONAT_PORT_MIN)
                            range = range with { FirstPort = port.ReadUInt16BigEndian() };
                        else if (port.Id == CTA_PROTONAT.CTA_PROTONAT_PORT_MAX)
                            range = range with { LastPort = port.ReadUInt16BigEndian() };
                    }

                    break;
            }
        }

        return range;
    }

    /// <summary>Puts a nest.</summary>
    /// <exception cref="ArgumentException">An address is of another family, or the end of a range has no beginning.</exception>
    internal void Write(AttributeWriter<CTA> attributes, CTA id, InetFamily family)
    {
        if ((First is { } first && first.Family != family) || (Last is { } last && last.Family != family))
            throw new ArgumentException($"{id}: an address of {family} is needed, not {this}.");
        if ((Last is not null && First is null) || (LastPort is not null && FirstPort is null))
            throw new ArgumentException($"{id}: a range that ends has to begin, too: {this}.");
        var v6 = family == InetFamily.IPv6;
        using var nest = attributes.NestFlagged<CTA_NAT>(id);
        if (First is { } from)
            nest.Put(v6 ? CTA_NAT.CTA_NAT_V6_MINIP : CTA_NAT.CTA_NAT_V4_MINIP, from.AsSpan());
        if (Last is { } to)
            nest.Put(v6 ? CTA_NAT.CTA_NAT_V6_MAXIP : CTA_NAT.CTA_NAT_V4_MAXIP, to.AsSpan());
        if (FirstPort is not { } firstPort)
            return;
        using var ports = nest.NestFlagged<CTA_PROTONAT>(CTA_NAT.CTA_NAT_PROTO);
        ports.PutBigEndian(CTA_PROTONAT.CTA_PROTONAT_PORT_MIN, firstPort);
        if (LastPort is { } lastPort)
            ports.PutBigEndian(CTA_PROTONAT.CTA_PROTONAT_PORT_MAX, lastPort);
    }

    private static InetAddress Address(scoped in NetlinkAttribute<CTA_NAT> attribute) => InetAddress.TryRead(attribute.Payload, out var address)
        ? address
        : throw new NetlinkFormatException($"{attribute.Id} has {attribute.Payload.Length} bytes; an address was expected.");
}
