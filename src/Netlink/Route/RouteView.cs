using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>A view of a message about a route, valid until the datagram's buffer is used again. <see cref="RouteEntry"/> is a copy to keep.</summary>
public readonly ref struct RouteView : IRouteView<RouteView>
{
    private readonly rtmsg _header;
    private readonly AttributeIndex<RTA> _index;

    private RouteView(scoped in NetlinkMessage message)
    {
        IsRemoval = message.Type == (ushort)RTM.RTM_DELROUTE;
        _header = message.ReadHeader<rtmsg>();
        _index = new AttributeIndex<RTA>(message.Attributes<rtmsg, RTA>().Rest);
    }

    /// <inheritdoc/>
    public bool IsRemoval { get; }

    /// <summary>AF_INET (2), AF_INET6 (10), or another: multicast routes (128, 129), MPLS (28).</summary>
    public byte Family => _header.rtm_family;

    /// <summary>The destination; the default value: everything.</summary>
    public InetAddress Destination => _index.Address(RTA.RTA_DST);

    /// <summary>Bits; 0 is a default route.</summary>
    public byte PrefixLength => _header.rtm_dst_len;

    /// <summary>Where packets come from, of routes that look at it; the default value: anywhere.</summary>
    public InetAddress Source => _index.Address(RTA.RTA_SRC);

    /// <summary>Bits of <see cref="Source"/>.</summary>
    public byte SourcePrefixLength => _header.rtm_src_len;

    /// <summary>The type of service that packets must have; 0: any.</summary>
    public byte TypeOfService => _header.rtm_tos;

    /// <summary>The table, also above 255.</summary>
    public uint Table => _index.UInt32(RTA.RTA_TABLE) ?? _header.rtm_table;

    /// <summary>What becomes of packets.</summary>
    public RTN Type => (RTN)_header.rtm_type;

    /// <summary>Who made it.</summary>
    public RTPROT Protocol => (RTPROT)_header.rtm_protocol;

    /// <summary>How far the destination is.</summary>
    public RT_SCOPE Scope => (RT_SCOPE)_header.rtm_scope;

    /// <summary>Flags; the lowest eight bits are <see cref="HopFlags"/>.</summary>
    public RTM_F Flags => (RTM_F)_header.rtm_flags;

    /// <summary>Flags of its one way.</summary>
    public RTNH_F HopFlags => (RTNH_F)(byte)_header.rtm_flags;

    /// <summary>The next router of its one way, perhaps of the other family (<c>RTA_VIA</c>); the default value: the destination is on the link.</summary>
    public InetAddress Gateway => GatewayOf(_index);

    /// <summary>The outgoing link of its one way; null where it has none, or several.</summary>
    public int? OutputIndex => _index.Int32(RTA.RTA_OIF);

    /// <summary>The link that packets came in on (multicast, look-ups); null: any.</summary>
    public int? InputIndex => _index.Int32(RTA.RTA_IIF);

    /// <summary>Its ways, where it has several.</summary>
    public NextHopReader NextHops => new(_index.Payload(RTA.RTA_MULTIPATH));

    /// <summary>The metric, the lower the better (<c>RTA_PRIORITY</c>); null where there is none, which is 0.</summary>
    public uint? Metric => _index.UInt32(RTA.RTA_PRIORITY);

    /// <summary>The source address that this host takes; the default value: none is preferred.</summary>
    public InetAddress PreferredSource => _index.Address(RTA.RTA_PREFSRC);

    /// <summary>Router preference of IPv6: 0 medium, 1 high, 3 low.</summary>
    public byte? Preference => _index.Byte(RTA.RTA_PREF);

    /// <summary>What TCP and IP take from it; false where it says nothing.</summary>
    public bool TryReadMetrics(out RouteMetrics metrics)
    {
        var has = _index.TryGet(RTA.RTA_METRICS, out var nest);
        metrics = has ? RouteMetrics.Read(nest.Payload) : default;
        return has;
    }

    /// <summary>Use and expiry; null where the kernel did not tell.</summary>
    public rta_cacheinfo? CacheInfo => _index.Struct<rta_cacheinfo>(RTA.RTA_CACHEINFO, 16);

    /// <summary>Realms (<c>RTA_FLOW</c>).</summary>
    public uint? Realms => _index.UInt32(RTA.RTA_FLOW);

    /// <summary>The nexthop object that it uses (Linux 5.3).</summary>
    public uint? NextHopId => _index.UInt32(RTA.RTA_NH_ID);

    /// <summary>Seconds that it lasts (IPv6).</summary>
    public uint? Expires => _index.UInt32(RTA.RTA_EXPIRES);

    /// <summary>LWTUNNEL_ENCAP_*: what packets are put into.</summary>
    public ushort? EncapsulationType => _index.UInt16(RTA.RTA_ENCAP_TYPE);

    /// <summary>How they are put into it, by <see cref="EncapsulationType"/>.</summary>
    public ReadOnlySpan<byte> Encapsulation => _index.Payload(RTA.RTA_ENCAP);

    /// <summary>The mark of a look-up (<c>RTA_MARK</c>).</summary>
    public uint? Mark => _index.UInt32(RTA.RTA_MARK);

    /// <summary>The user of a look-up (<c>RTA_UID</c>).</summary>
    public uint? UserId => _index.UInt32(RTA.RTA_UID);

    /// <summary>Whether the hop count of MPLS goes on (<c>RTA_TTL_PROPAGATE</c>).</summary>
    public byte? TtlPropagation => _index.Byte(RTA.RTA_TTL_PROPAGATE);

    /// <summary>All attributes as they came, for what has no property here.</summary>
    public AttributeReader<RTA> Attributes => _index.All;

    /// <summary>Reads an <c>RTM_NEWROUTE</c> or <c>RTM_DELROUTE</c>; false for other messages.</summary>
    /// <param name="message">The message, whose bytes the view refers to.</param>
    /// <param name="view">Valid as long as the message.</param>
    /// <exception cref="NetlinkFormatException">The message is malformed.</exception>
    public static bool TryRead(scoped in NetlinkMessage message, out RouteView view)
    {
        var isRoute = message.Type is (ushort)RTM.RTM_NEWROUTE or (ushort)RTM.RTM_DELROUTE;
        view = isRoute ? new RouteView(message) : default;
        return isRoute;
    }

    /// <summary>A copy to keep.</summary>
    /// <exception cref="NetlinkFormatException">An attribute is malformed.</exception>
    public RouteEntry ToRecord() => RouteEntry.From(this, _header, _index);

    internal static InetAddress GatewayOf(in AttributeIndex<RTA> index)
    {
        // struct rtvia: the family in 16 bits, then the address.
        if (index.TryGet(RTA.RTA_VIA, out var via) && via.Payload.Length > 2 && InetAddress.TryRead(via.Payload[2..], out var other))
            return other;
        return index.Address(RTA.RTA_GATEWAY);
    }
}
