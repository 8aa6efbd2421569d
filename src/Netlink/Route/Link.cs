using System.Text;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>A network link (interface) as the kernel described it at one moment. <see cref="ToChange"/> and <see cref="Options"/> make another one like it.</summary>
public sealed partial record Link
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

    /// <summary>The other names (<c>IFLA_ALT_IFNAME</c>).</summary>
    public IReadOnlyList<string> AlternativeNames { get; init; } = [];

    /// <summary>The state flags.</summary>
    public IFF Flags { get; init; }

    /// <summary>ARPHRD_*: 1 is Ethernet.</summary>
    public ushort HardwareType { get; init; }

    /// <summary>The kind (<c>IFLA_INFO_KIND</c>), such as <c>veth</c>; null for hardware and loopback.</summary>
    public string? Kind { get; init; }

    /// <summary>The kind's data as it is (<c>IFLA_INFO_DATA</c>); null where the kind tells none.</summary>
    public RawAttributes? KindData { get; init; }

    /// <summary>The kind of the master that it belongs to (<c>IFLA_INFO_SLAVE_KIND</c>); null where it belongs to none.</summary>
    public string? SlaveKind { get; init; }

    /// <summary>What the master knows of it, as it is (<c>IFLA_INFO_SLAVE_DATA</c>).</summary>
    public RawAttributes? SlaveData { get; init; }

    /// <summary>How IPv6 addresses are made; null where the link has no IPv6.</summary>
    public IN6_ADDR_GEN_MODE? AddressGenerationMode { get; init; }

    /// <summary>What was counted; null where the kernel did not say.</summary>
    public LinkStatistics? Statistics { get; init; }

    /// <summary>What this library has no name for, as it came.</summary>
    public RawAttributes Other { get; init; }

    /// <summary>Whether it is administratively up.</summary>
    public bool IsUp => (Flags & IFF.IFF_UP) != 0;

    /// <summary>
    /// Kind and data as they are, to make another link of; null for hardware and loopback. Most can be written back as they are; a bridge only as
    /// <see cref="BridgeLink"/>, as since Linux 6.8 it tells what it refuses to hear.
    /// </summary>
    public RawLink? Options => Kind is null ? null : new RawLink(Kind, KindData);

    /// <summary>Reads a link out of an <c>RTM_NEWLINK</c> or <c>RTM_DELLINK</c>.</summary>
    /// <exception cref="NetlinkFormatException">The message is malformed, or about something else.</exception>
    public static Link Read(scoped in NetlinkMessage message)
    {
        if (!LinkView.TryRead(message, out var view))
            Throw.Format($"A message of type {message.Type} is not about a link.");
        return view.ToRecord();
    }

    /// <summary>The kind's data; false where the link is of another kind.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are malformed.</exception>
    public bool TryReadKind<T>(out T options)
        where T : struct, ILinkKind<T> => TryRead(Kind, KindData, out options);

    /// <summary>What the master knows of the link, such as <see cref="BridgePort"/>; false where it belongs to none of that kind.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are malformed.</exception>
    public bool TryReadSlave<T>(out T options)
        where T : struct, ILinkKind<T> => TryRead(SlaveKind, SlaveData, out options);

    /// <summary>
    /// What can be set of the link, as it is: on another link it makes that one alike. The name stays out, and so does
    /// <see cref="AddressGenerationMode"/>, which the kernel refuses of a new link.
    /// </summary>
    public LinkChange ToChange() => new()
    {
        Up = IsUp,
        Alias = Alias,
        TxQueueLength = TxQueueLength,
        Mtu = Mtu == 0 ? null : Mtu,
        Address = HardwareAddress,
        Group = Group,
        ParentIndex = ParentIndex,
        ParentNamespaceId = ParentNamespaceId,
        MasterIndex = MasterIndex,
        TxQueues = TxQueues,
        RxQueues = RxQueues,
    };

    private static bool TryRead<T>(string? kind, RawAttributes? data, out T options)
        where T : struct, ILinkKind<T>
    {
        var isKind = kind == Encoding.UTF8.GetString(T.Kind);
        options = isKind ? T.Read(data is { } bytes ? bytes.Span : default) : default;
        return isKind;
    }
}
