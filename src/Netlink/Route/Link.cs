using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>A network link (interface) as the kernel described it at one moment.</summary>
public sealed record Link
{
    /// <summary>
    /// Who speaks of the link: 0 (AF_UNSPEC) the link itself. Events have others, too, without most of what is here: a bridge (7) whose
    /// <c>RTM_DELLINK</c> means that the link is no longer its port, not that the link is gone.
    /// </summary>
    public byte Family { get; init; }

    /// <summary>The index, unique in its namespace; new links get new ones.</summary>
    public required int Index { get; init; }

    /// <summary>The name (<c>IFLA_IFNAME</c>).</summary>
    public required string Name { get; init; }

    /// <summary>The state flags.</summary>
    public IFF Flags { get; init; }

    /// <summary>ARPHRD_*: 1 is Ethernet.</summary>
    public ushort HardwareType { get; init; }

    /// <summary>Bytes (<c>IFLA_MTU</c>).</summary>
    public uint Mtu { get; init; }

    /// <summary>Packets (<c>IFLA_TXQLEN</c>).</summary>
    public uint TxQueueLength { get; init; }

    /// <summary>The kind (<c>IFLA_INFO_KIND</c>), such as <c>veth</c>; null for hardware and loopback.</summary>
    public string? Kind { get; init; }

    /// <summary>The alias (<c>IFLA_IFALIAS</c>); null where none is set.</summary>
    public string? Alias { get; init; }

    /// <summary>The kind of the root qdisc (<c>IFLA_QDISC</c>).</summary>
    public string? Qdisc { get; init; }

    /// <summary>The link-layer address (<c>IFLA_ADDRESS</c>).</summary>
    public ReadOnlyMemory<byte> HardwareAddress { get; init; }

    /// <summary>The link below, or the peer (<c>IFLA_LINK</c>); null where there is none.</summary>
    public int? ParentIndex { get; init; }

    /// <summary>The bridge, bond or VRF that it belongs to (<c>IFLA_MASTER</c>); null where there is none.</summary>
    public int? MasterIndex { get; init; }

    /// <summary>Whether it is administratively up.</summary>
    public bool IsUp => (Flags & IFF.IFF_UP) != 0;

    /// <summary>Reads a link out of an <c>RTM_NEWLINK</c> or <c>RTM_DELLINK</c>.</summary>
    /// <exception cref="NetlinkFormatException">The message is malformed.</exception>
    public static Link Read(scoped in NetlinkMessage message)
    {
        var header = message.ReadHeader<ifinfomsg>();
        string? name = null, kind = null, alias = null, qdisc = null;
        uint mtu = 0, txQueueLength = 0;
        int? parent = null, master = null;
        var address = ReadOnlyMemory<byte>.Empty;
        foreach (var a in message.Attributes<ifinfomsg, IFLA>())
        {
            switch (a.Id)
            {
                case IFLA.IFLA_IFNAME:
                    name = a.ReadString();
                    break;
                case IFLA.IFLA_MTU:
                    mtu = a.ReadUInt32();
                    break;
                case IFLA.IFLA_TXQLEN:
                    txQueueLength = a.ReadUInt32();
                    break;
                case IFLA.IFLA_IFALIAS:
                    alias = a.ReadString();
                    break;
                case IFLA.IFLA_QDISC:
                    qdisc = a.ReadString();
                    break;
                case IFLA.IFLA_ADDRESS:
                    address = a.Payload.ToArray();
                    break;
                case IFLA.IFLA_LINK:
                    parent = a.ReadInt32();
                    break;
                case IFLA.IFLA_MASTER:
                    master = a.ReadInt32();
                    break;
                case IFLA.IFLA_LINKINFO when a.Nested<IFLA_INFO>().TryFind(IFLA_INFO.IFLA_INFO_KIND, out var info):
                    kind = info.ReadString();
                    break;
            }
        }

        return new Link
        {
            Family = header.ifi_family,
            Index = header.ifi_index,
            Name = name ?? "",
            Flags = header.ifi_flags,
            HardwareType = header.ifi_type,
            Mtu = mtu,
            TxQueueLength = txQueueLength,
            Kind = kind,
            Alias = alias,
            Qdisc = qdisc,
            HardwareAddress = address,
            ParentIndex = parent,
            MasterIndex = master,
        };
    }
}
