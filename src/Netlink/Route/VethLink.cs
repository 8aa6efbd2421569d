using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>A pair of virtual Ethernet links: what goes into one comes out of the other.</summary>
/// <param name="PeerName">The other end's name. The kernel does not tell it: of a link that is there it is empty, and <see cref="Link.ParentIndex"/> is the other end.</param>
/// <param name="PeerNamespace">Where the other end is made; null: beside this one.</param>
public readonly record struct VethLink(string PeerName, NetworkNamespace? PeerNamespace = null) : ILinkKind<VethLink>
{
    /// <summary>The names inside the kind's <c>IFLA_INFO_DATA</c>.</summary>
    public static AttributeSpace Data { get; } = AttributeSpace.Of<VETH_INFO>((VETH_INFO.VETH_INFO_PEER, RouteCatalog.Links));

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Kind => "veth"u8;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> KindName => Kind;

    /// <inheritdoc/>
    public AttributeSpace? DataNames => Data;

    /// <inheritdoc/>
    public bool IsSlave => false;

    /// <inheritdoc/>
    public int Room => 64;

    /// <inheritdoc/>
    public static VethLink Read(ReadOnlySpan<byte> data)
    {
        if (new AttributeIndex<VETH_INFO>(data).Payload(VETH_INFO.VETH_INFO_PEER) is not { Length: > 0 } peer)
            return new VethLink("");
        if (peer.Length < Unsafe.SizeOf<ifinfomsg>())
            Throw.AttributeLength(nameof(VETH_INFO.VETH_INFO_PEER), peer.Length, Unsafe.SizeOf<ifinfomsg>());
        return new VethLink(new AttributeIndex<IFLA>(peer[Unsafe.SizeOf<ifinfomsg>()..]).Text(IFLA.IFLA_IFNAME) ?? "");
    }

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
