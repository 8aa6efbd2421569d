using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>A view of one way of a route, valid as long as the message. <see cref="NextHop"/> is a copy to keep.</summary>
public readonly ref struct NextHopView
{
    private static readonly UInt128 Known = AttributeIndex<RTA>.MaskOf(RTA.RTA_GATEWAY, RTA.RTA_VIA);

    private readonly rtnexthop _header;
    private readonly AttributeIndex<RTA> _index;

    internal NextHopView(rtnexthop header, ReadOnlySpan<byte> attributes)
    {
        _header = header;
        _index = new AttributeIndex<RTA>(attributes);
    }

    /// <summary>The outgoing link's index.</summary>
    public int OutputIndex => _header.rtnh_ifindex;

    /// <summary>The part that goes this way, 1 to 256 (one more than <c>rtnh_hops</c>).</summary>
    public int Weight => _header.rtnh_hops + 1;

    /// <summary>Flags.</summary>
    public RTNH_F Flags => (RTNH_F)_header.rtnh_flags;

    /// <summary>The next router, perhaps of another family than the route's; the default value: the destination is on the link.</summary>
    public InetAddress Gateway => RouteView.GatewayOf(_index);

    /// <summary>Realms (<c>RTA_FLOW</c>); null where there are none.</summary>
    public uint? Realms => _index.UInt32(RTA.RTA_FLOW);

    /// <summary>All attributes as they came.</summary>
    public AttributeReader<RTA> Attributes => _index.All;

    /// <summary>A copy to keep.</summary>
    public NextHop ToRecord() => new()
    {
        Gateway = Gateway,
        OutputIndex = OutputIndex,
        Weight = Weight,
        Flags = Flags,
        Other = _index.Others(Known),
    };
}
