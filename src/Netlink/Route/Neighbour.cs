using System.Net;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>A neighbour (an entry of the ARP or ND table, a proxy's, or of a forwarding table), as it is or as it shall be.</summary>
public sealed record Neighbour : IRouteObject
{
    /// <summary>AF_INET (2), AF_INET6 (10), or AF_BRIDGE (7) for an entry of a forwarding table.</summary>
    public required byte Family { get; init; }

    /// <summary>The link's index.</summary>
    public required int LinkIndex { get; init; }

    /// <summary>What is known of it: permanently what is said here, unless said otherwise.</summary>
    public NUD State { get; init; } = NUD.NUD_PERMANENT;

    /// <summary>Flags: <see cref="NTF.NTF_PROXY"/> is an address that this host answers for.</summary>
    public NTF Flags { get; init; }

    /// <summary>RTN_*, as the kernel told.</summary>
    public byte Type { get; init; }

    /// <summary>Its network address; of a VXLAN's entry the other end's.</summary>
    public IPAddress? Destination { get; init; }

    /// <summary>Its link-layer address; empty where none is known.</summary>
    public LinkLayerAddress HardwareAddress { get; init; }

    /// <summary>Ages and references, as the kernel told; not written.</summary>
    public nda_cacheinfo? CacheInfo { get; init; }

    /// <summary>How often it was asked for, as the kernel told; not written.</summary>
    public uint? Probes { get; init; }

    /// <summary>VLAN of a bridge's entry.</summary>
    public ushort? Vlan { get; init; }

    /// <summary>UDP port of a VXLAN's entry.</summary>
    public ushort? Port { get; init; }

    /// <summary>Network of a VXLAN's entry.</summary>
    public uint? Vni { get; init; }

    /// <summary>Network that a VXLAN's packets come from.</summary>
    public uint? SourceVni { get; init; }

    /// <summary>Outgoing link of a VXLAN's entry.</summary>
    public int? OutputIndex { get; init; }

    /// <summary>The number of the namespace that <see cref="OutputIndex"/> lives in, as the kernel told; not written.</summary>
    public int? OutputNamespaceId { get; init; }

    /// <summary>The bridge.</summary>
    public int? MasterIndex { get; init; }

    /// <summary>RTPROT_*, who added it.</summary>
    public byte? Protocol { get; init; }

    /// <summary>The nexthop object that it uses.</summary>
    public uint? NextHopId { get; init; }

    /// <summary>NTF_EXT_*: 1: managed, 2: locked (Linux 5.16).</summary>
    public uint? ExtendedFlags { get; init; }

    /// <summary>What this library has no name for, as it came; it is written back.</summary>
    public RawAttributes Other { get; init; }

    /// <summary>Reads a neighbour out of an <c>RTM_NEWNEIGH</c> or <c>RTM_DELNEIGH</c>.</summary>
    /// <exception cref="NetlinkFormatException">The message is malformed, or about something else.</exception>
    public static Neighbour Read(scoped in NetlinkMessage message)
    {
        if (!NeighbourView.TryRead(message, out var view))
            Throw.Format($"A message of type {message.Type} is not about a neighbour.");
        return view.ToRecord();
    }

    static AttributeSpace IRouteObject.Space => RouteCatalog.Neighbours;

    int IRouteObject.Room => 256 + Other.Span.Length;

    /// <summary>Puts header and attributes of a message about it.</summary>
    public void Write(MessageWriter message)
    {
        var attributes = message.PutHeader<ndmsg, NDA>(new ndmsg
        {
            ndm_family = Family,
            ndm_ifindex = LinkIndex,
            ndm_state = State,
            ndm_flags = Flags,
            ndm_type = Type,
        });
        if (Destination is not null)
            attributes.PutIf(NDA.NDA_DST, new InetAddress(Destination));
        attributes.PutIf(NDA.NDA_LLADDR, HardwareAddress);
        attributes.PutIf(NDA.NDA_VLAN, Vlan);
        attributes.PutBigEndianIf(NDA.NDA_PORT, Port);
        attributes.PutIf(NDA.NDA_VNI, Vni);
        attributes.PutIf(NDA.NDA_SRC_VNI, SourceVni);
        attributes.PutIf(NDA.NDA_IFINDEX, OutputIndex);
        attributes.PutIf(NDA.NDA_MASTER, MasterIndex);
        attributes.PutIf(NDA.NDA_PROTOCOL, Protocol);
        attributes.PutIf(NDA.NDA_NH_ID, NextHopId);
        attributes.PutIf(NDA.NDA_FLAGS_EXT, ExtendedFlags);
        Other.Write(attributes);
    }

    /// <summary>Such as <c>192.0.2.9 lladdr 02:00:00:00:00:01 on index 3</c>.</summary>
    public override string ToString() =>
        $"{Destination}{(HardwareAddress.IsEmpty ? "" : $" lladdr {HardwareAddress}")} on index {LinkIndex}".TrimStart();
}
