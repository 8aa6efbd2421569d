using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>A pair of virtual Ethernet links: what goes into one comes out of the other.</summary>
/// <param name="PeerName">The other end's name.</param>
/// <param name="PeerNamespace">Where the other end is made; null: beside this one.</param>
public readonly record struct VethLink(string PeerName, NetworkNamespace? PeerNamespace = null) : ILinkKind
{
    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Kind => "veth"u8;

    /// <inheritdoc/>
    public static AttributeSpace Data { get; } = AttributeSpace.Of<VETH_INFO>((VETH_INFO.VETH_INFO_PEER, RouteCatalog.Links));

    /// <inheritdoc/>
    public void WriteData(AttributeWriter<IFLA_INFO> info)
    {
        LinkName.ThrowIfUnfit(PeerName);
        using var data = info.Nest<VETH_INFO>(IFLA_INFO.IFLA_INFO_DATA);
        using var peer = data.Nest<IFLA>(VETH_INFO.VETH_INFO_PEER);
        var header = default(ifinfomsg);
        peer.PutRaw(MemoryMarshal.AsBytes(new ReadOnlySpan<ifinfomsg>(in header)));
        if (PeerNamespace is not null)
            peer.Put(IFLA.IFLA_NET_NS_FD, PeerNamespace.Descriptor);
        peer.PutString(IFLA.IFLA_IFNAME, PeerName);
    }

    [ModuleInitializer]
    internal static void Enter() => KnownLinkKinds.Add(Kind, static () => Data);
}
