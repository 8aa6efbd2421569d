using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>A network link (interface) as the kernel described it at one moment.</summary>
public sealed record Link
{
    /// <summary>The index, unique in its namespace and never used twice.</summary>
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
        var link = new Link { Index = header.ifi_index, Name = "", Flags = header.ifi_flags, HardwareType = header.ifi_type };
        foreach (var a in message.Attributes<ifinfomsg, IFLA>())
        {
            link = a.Id switch
            {
                IFLA.IFLA_IFNAME => link with { Name = a.ReadString() },
                IFLA.IFLA_MTU => link with { Mtu = a.ReadUInt32() },
                IFLA.IFLA_TXQLEN => link with { TxQueueLength = a.ReadUInt32() },
                IFLA.IFLA_IFALIAS => link with { Alias = a.ReadString() },
                IFLA.IFLA_QDISC => link with { Qdisc = a.ReadString() },
                IFLA.IFLA_ADDRESS => link with { HardwareAddress = a.Payload.ToArray() },
                IFLA.IFLA_LINK => link with { ParentIndex = a.ReadInt32() },
                IFLA.IFLA_MASTER => link with { MasterIndex = a.ReadInt32() },
                IFLA.IFLA_LINKINFO => link with { Kind = a.Nested<IFLA_INFO>().TryFind(IFLA_INFO.IFLA_INFO_KIND, out var kind) ? kind.ReadString() : null },
                _ => link,
            };
        }

        return link;
    }
}
