using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>
/// A view of a message about a neighbour, or an entry of a bridge's or VXLAN's forwarding table, valid until the datagram's buffer is used
/// again. <see cref="Neighbour"/> is a copy to keep.
/// </summary>
public readonly ref struct NeighbourView : IRouteView<NeighbourView>
{
    private static readonly UInt128 Known = AttributeIndex<NDA>.MaskOf(
        NDA.NDA_DST, NDA.NDA_LLADDR, NDA.NDA_CACHEINFO, NDA.NDA_PROBES, NDA.NDA_VLAN, NDA.NDA_PORT, NDA.NDA_VNI, NDA.NDA_IFINDEX, NDA.NDA_MASTER,
        NDA.NDA_LINK_NETNSID, NDA.NDA_SRC_VNI, NDA.NDA_PROTOCOL, NDA.NDA_NH_ID, NDA.NDA_FLAGS_EXT);

    private readonly ndmsg _header;
    private readonly AttributeIndex<NDA> _index;

    private NeighbourView(scoped in NetlinkMessage message)
    {
        IsRemoval = message.Type == (ushort)RTM.RTM_DELNEIGH;
        _header = message.ReadHeader<ndmsg>();
        _index = new AttributeIndex<NDA>(message.Attributes<ndmsg, NDA>().Rest);
    }

    /// <inheritdoc/>
    public bool IsRemoval { get; }

    /// <summary>AF_INET (2), AF_INET6 (10), or AF_BRIDGE (7) for an entry of a forwarding table.</summary>
    public byte Family => _header.ndm_family;

    /// <summary>The link's index.</summary>
    public int LinkIndex => _header.ndm_ifindex;

    /// <summary>What is known of it.</summary>
    public NUD State => _header.ndm_state;

    /// <summary>Flags.</summary>
    public NTF Flags => _header.ndm_flags;

    /// <summary>RTN_*: unicast, multicast and so on.</summary>
    public RTN Type => (RTN)_header.ndm_type;

    /// <summary>Its network address; of a VXLAN's entry the other end's; the default value where there is none.</summary>
    public InetAddress Destination => _index.Address(NDA.NDA_DST);

    /// <summary>Its link-layer address; empty where none is known.</summary>
    public LinkLayerAddress HardwareAddress => LinkLayerAddress.Of(_index.Payload(NDA.NDA_LLADDR));

    /// <summary>Ages in clock ticks, and references; null where the kernel did not tell.</summary>
    public nda_cacheinfo? CacheInfo => _index.Struct<nda_cacheinfo>(NDA.NDA_CACHEINFO);

    /// <summary>How often it was asked for.</summary>
    public uint? Probes => _index.UInt32(NDA.NDA_PROBES);

    /// <summary>VLAN of a bridge's entry.</summary>
    public ushort? Vlan => _index.UInt16(NDA.NDA_VLAN);

    /// <summary>UDP port of a VXLAN's entry.</summary>
    public ushort? Port => _index.UInt16BigEndian(NDA.NDA_PORT);

    /// <summary>Network of a VXLAN's entry.</summary>
    public uint? Vni => _index.UInt32(NDA.NDA_VNI);

    /// <summary>Network that a VXLAN's packets come from.</summary>
    public uint? SourceVni => _index.UInt32(NDA.NDA_SRC_VNI);

    /// <summary>Outgoing link of a VXLAN's entry.</summary>
    public int? OutputIndex => _index.Int32(NDA.NDA_IFINDEX);

    /// <summary>The number of the namespace that <see cref="OutputIndex"/> lives in.</summary>
    public int? OutputNamespaceId => _index.Int32(NDA.NDA_LINK_NETNSID);

    /// <summary>The bridge.</summary>
    public int? MasterIndex => _index.Int32(NDA.NDA_MASTER);

    /// <summary>RTPROT_*, who added it; null where nobody said.</summary>
    public byte? Protocol => _index.Byte(NDA.NDA_PROTOCOL);

    /// <summary>The nexthop object that it uses.</summary>
    public uint? NextHopId => _index.UInt32(NDA.NDA_NH_ID);

    /// <summary>NTF_EXT_*: 1: managed, 2: locked (Linux 5.16).</summary>
    public uint? ExtendedFlags => _index.UInt32(NDA.NDA_FLAGS_EXT);

    /// <summary>All attributes as they came, for what has no property here.</summary>
    public AttributeReader<NDA> Attributes => _index.All;

    /// <summary>Reads an <c>RTM_NEWNEIGH</c> or <c>RTM_DELNEIGH</c>; false for other messages.</summary>
    /// <param name="message">The message, whose bytes the view refers to.</param>
    /// <param name="view">Valid as long as the message.</param>
    /// <exception cref="NetlinkFormatException">The message is malformed.</exception>
    public static bool TryRead(scoped in NetlinkMessage message, out NeighbourView view)
    {
        var isNeighbour = message.Type is (ushort)RTM.RTM_NEWNEIGH or (ushort)RTM.RTM_DELNEIGH;
        view = isNeighbour ? new NeighbourView(message) : default;
        return isNeighbour;
    }

    /// <summary>A copy to keep.</summary>
    /// <exception cref="NetlinkFormatException">An attribute is malformed.</exception>
    public Neighbour ToRecord() => new()
    {
        Family = Family,
        LinkIndex = LinkIndex,
        State = State,
        Flags = Flags,
        Type = _header.ndm_type,
        Destination = Destination is { Length: > 0 } address ? address.ToIPAddress() : null,
        HardwareAddress = HardwareAddress,
        CacheInfo = CacheInfo,
        Probes = Probes,
        Vlan = Vlan,
        Port = Port,
        Vni = Vni,
        SourceVni = SourceVni,
        OutputIndex = OutputIndex,
        OutputNamespaceId = OutputNamespaceId,
        MasterIndex = MasterIndex,
        Protocol = Protocol,
        NextHopId = NextHopId,
        ExtendedFlags = ExtendedFlags,
        Other = _index.Others(Known),
    };
}
