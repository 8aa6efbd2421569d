using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>
/// A view of a message about a link, valid until the datagram's buffer is used again. It was walked once; what it says is read as it is
/// asked. <see cref="Link"/> is a copy to keep.
/// </summary>
public readonly ref partial struct LinkView : IRouteView<LinkView>
{
    private readonly ifinfomsg _header;
    private readonly AttributeIndex<IFLA> _index;

    private LinkView(scoped in NetlinkMessage message)
    {
        IsRemoval = message.Type == (ushort)RTM.RTM_DELLINK;
        _header = message.ReadHeader<ifinfomsg>();
        _index = new AttributeIndex<IFLA>(message.Attributes<ifinfomsg, IFLA>().Rest);
    }

    /// <inheritdoc/>
    public bool IsRemoval { get; }

    /// <summary>
    /// Who speaks of the link: 0 (AF_UNSPEC) the link itself. Events have others, too: a bridge (7) whose <c>RTM_DELLINK</c> means that the
    /// link is no longer its port, not that the link is gone.
    /// </summary>
    public byte Family => _header.ifi_family;

    /// <summary>The index, unique in its namespace.</summary>
    public int Index => _header.ifi_index;

    /// <summary>The state flags.</summary>
    public IFF Flags => _header.ifi_flags;

    /// <summary>Which flags an event says have changed; all where it does not say.</summary>
    public IFF Changed => _header.ifi_change;

    /// <summary>ARPHRD_*: 1 is Ethernet.</summary>
    public ushort HardwareType => _header.ifi_type;

    /// <summary>The name (<c>IFLA_IFNAME</c>).</summary>
    public ReadOnlySpan<byte> Name => _index.Utf8(IFLA.IFLA_IFNAME);

    /// <summary>The kind, such as <c>veth</c>; empty for hardware and loopback.</summary>
    public ReadOnlySpan<byte> Kind => Info.Utf8(IFLA_INFO.IFLA_INFO_KIND);

    /// <summary>The kind of the master that it belongs to, such as <c>bridge</c>; empty where it belongs to none.</summary>
    public ReadOnlySpan<byte> SlaveKind => Info.Utf8(IFLA_INFO.IFLA_INFO_SLAVE_KIND);

    /// <summary>The other names, among other properties: those with <see cref="IFLA.IFLA_ALT_IFNAME"/>.</summary>
    public AttributeReader<IFLA> AlternativeNames => new(_index.Payload(IFLA.IFLA_PROP_LIST));

    /// <summary>How IPv6 addresses are made; null where the link has no IPv6.</summary>
    public IN6_ADDR_GEN_MODE? AddressGenerationMode
    {
        get
        {
            var inet6 = new AttributeIndex<AF>(_index.Payload(IFLA.IFLA_AF_SPEC)).Payload(AF.AF_INET6);
            return (IN6_ADDR_GEN_MODE?)new AttributeIndex<IFLA_INET6>(inet6).Byte(IFLA_INET6.IFLA_INET6_ADDR_GEN_MODE);
        }
    }

    /// <summary>All attributes as they came, for what has no property here.</summary>
    public AttributeReader<IFLA> Attributes => _index.All;

    private AttributeIndex<IFLA_INFO> Info => new(_index.Payload(IFLA.IFLA_LINKINFO));

    private (string? Kind, RawAttributes? Data) KindData => Own(IFLA_INFO.IFLA_INFO_KIND, IFLA_INFO.IFLA_INFO_DATA);

    private (string? Kind, RawAttributes? Data) SlaveData => Own(IFLA_INFO.IFLA_INFO_SLAVE_KIND, IFLA_INFO.IFLA_INFO_SLAVE_DATA);

    /// <summary>Reads an <c>RTM_NEWLINK</c> or <c>RTM_DELLINK</c>; false for other messages.</summary>
    /// <param name="message">The message, whose bytes the view refers to.</param>
    /// <param name="view">Valid as long as the message.</param>
    /// <exception cref="NetlinkFormatException">The message is malformed.</exception>
    public static bool TryRead(scoped in NetlinkMessage message, out LinkView view)
    {
        var isLink = message.Type is (ushort)RTM.RTM_NEWLINK or (ushort)RTM.RTM_DELLINK;
        view = isLink ? new LinkView(message) : default;
        return isLink;
    }

    /// <summary>The kind's data; false where the link is of another kind.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are malformed.</exception>
    public bool TryReadKind<T>(out T options)
        where T : struct, ILinkKind<T>
    {
        var info = Info;
        var isKind = info.Utf8(IFLA_INFO.IFLA_INFO_KIND).SequenceEqual(T.Kind);
        options = isKind ? T.Read(info.Payload(IFLA_INFO.IFLA_INFO_DATA)) : default;
        return isKind;
    }

    /// <summary>What the master knows of the link, such as <see cref="BridgePort"/>; false where it belongs to none of that kind.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are malformed.</exception>
    public bool TryReadSlave<T>(out T options)
        where T : struct, ILinkKind<T>
    {
        var info = Info;
        var isKind = info.Utf8(IFLA_INFO.IFLA_INFO_SLAVE_KIND).SequenceEqual(T.Kind);
        options = isKind ? T.Read(info.Payload(IFLA_INFO.IFLA_INFO_SLAVE_DATA)) : default;
        return isKind;
    }

    /// <summary>What was counted; false where the kernel did not say.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are malformed.</exception>
    public bool TryReadStatistics(out LinkStatistics statistics)
    {
        var has = _index.TryGet(IFLA.IFLA_STATS64, out var attribute);
        statistics = has ? LinkStatistics.Read(attribute.Payload) : default;
        return has;
    }

    private (string? Kind, RawAttributes? Data) Own(IFLA_INFO kind, IFLA_INFO data)
    {
        var info = Info;
        return (info.Text(kind), info.TryGet(data, out var attribute) ? new RawAttributes(attribute.Payload) : null);
    }
}
