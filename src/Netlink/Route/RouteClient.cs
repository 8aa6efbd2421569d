using System.Net;
using System.Net.Sockets;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>
/// Links, addresses and routes of one network namespace (rtnetlink). Safe to share between threads. Verbs that may be refused
/// in daily life have a <c>Try</c> form; the others throw <see cref="NetlinkException"/>.
/// </summary>
public sealed class RouteClient : IDisposable
{
    private const int MaximumTries = 8;
    private const byte AfInet = 2;
    private const byte AfInet6 = 10;

    private static readonly AttributeSpace Links = AttributeSpace.Of<ifinfomsg, IFLA>(
        (IFLA.IFLA_LINKINFO, AttributeSpace.Of<IFLA_INFO>()));

    private static readonly AttributeSpace Addresses = AttributeSpace.Of<ifaddrmsg, IFA>();

    private static readonly AttributeSpace Routes = AttributeSpace.Of<rtmsg, RTA>();

    private readonly NetlinkSocket _socket;

    /// <summary>A client on a socket of NETLINK_ROUTE, which it owns from now on.</summary>
    public RouteClient(NetlinkSocket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        _socket = socket;
    }

    /// <summary>A client with a socket of its own.</summary>
    /// <exception cref="NetlinkException">The namespace may not be entered.</exception>
    public static RouteClient Open(NetlinkSocketOptions? options = null) => new(NetlinkSocket.Open(NETLINK.NETLINK_ROUTE, options));

    /// <summary>Makes a link (<c>RTM_NEWLINK</c>, exclusive).</summary>
    /// <param name="name">At most 15 bytes.</param>
    /// <param name="kind">What kind of link.</param>
    /// <param name="set">What to set on it at once.</param>
    /// <param name="error">EEXIST where the name is taken, EOPNOTSUPP where the kernel lacks the kind.</param>
    public bool TryAddLink<TKind>(string name, in TKind kind, in LinkChange set, out NetlinkError error)
        where TKind : ILinkKind
    {
        Span<byte> buffer = stackalloc byte[1024];
        var message = MessageWriter.Begin(buffer, (ushort)RTM.RTM_NEWLINK, NLM_F.NLM_F_CREATE | NLM_F.NLM_F_EXCL);
        var attributes = message.PutHeader<ifinfomsg, IFLA>(HeaderOf(0, set));
        attributes.PutString(IFLA.IFLA_IFNAME, name);
        Put(attributes, set with { Name = null });
        using (var info = attributes.Nest<IFLA_INFO>(IFLA.IFLA_LINKINFO))
        {
            info.Put(IFLA_INFO.IFLA_INFO_KIND, TKind.Kind);
            kind.WriteData(info);
        }

        return _socket.TryRequest(message.Message, Links, out error);
    }

    /// <summary>Makes a link and tells its index.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Link AddLink<TKind>(string name, in TKind kind, in LinkChange set = default)
        where TKind : ILinkKind
    {
        if (!TryAddLink(name, kind, set, out var error))
            throw new NetlinkException(error, $"RTM_NEWLINK {System.Text.Encoding.ASCII.GetString(TKind.Kind)} {name}");
        return GetLink(name);
    }

    /// <summary>Changes a link (<c>RTM_NEWLINK</c> on an index).</summary>
    public bool TryChangeLink(int index, in LinkChange change, out NetlinkError error)
    {
        Span<byte> buffer = stackalloc byte[1024];
        var message = MessageWriter.Begin(buffer, (ushort)RTM.RTM_NEWLINK, NLM_F.NONE);
        Put(message.PutHeader<ifinfomsg, IFLA>(HeaderOf(index, change)), change);
        return _socket.TryRequest(message.Message, Links, out error);
    }

    /// <summary>Changes a link.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void ChangeLink(int index, in LinkChange change)
    {
        if (!TryChangeLink(index, change, out var error))
            throw new NetlinkException(error, $"RTM_NEWLINK {change} on index {index}");
    }

    /// <summary>Removes a link (<c>RTM_DELLINK</c>).</summary>
    /// <param name="index">Never a name: an index cannot mean another link later.</param>
    /// <param name="error">ENODEV where it is gone already.</param>
    public bool TryDeleteLink(int index, out NetlinkError error)
    {
        Span<byte> buffer = stackalloc byte[64];
        var message = MessageWriter.Begin(buffer, (ushort)RTM.RTM_DELLINK, NLM_F.NONE);
        message.PutHeader<ifinfomsg, IFLA>(new ifinfomsg { ifi_index = index });
        return _socket.TryRequest(message.Message, Links, out error);
    }

    /// <summary>Removes a link.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void DeleteLink(int index)
    {
        if (!TryDeleteLink(index, out var error))
            throw new NetlinkException(error, $"RTM_DELLINK index {index}");
    }

    /// <summary>One link by index; null where there is none.</summary>
    /// <exception cref="NetlinkException">The kernel refused for another reason.</exception>
    public Link? FindLink(int index)
    {
        Span<byte> buffer = stackalloc byte[64];
        var message = MessageWriter.Begin(buffer, (ushort)RTM.RTM_GETLINK, NLM_F.NONE);
        message.PutHeader<ifinfomsg, IFLA>(new ifinfomsg { ifi_index = index });
        return FindLink(message.Message, $"RTM_GETLINK index {index}");
    }

    /// <summary>One link by name; null where there is none.</summary>
    /// <exception cref="NetlinkException">The kernel refused for another reason.</exception>
    public Link? FindLink(string name)
    {
        Span<byte> buffer = stackalloc byte[512];
        var message = MessageWriter.Begin(buffer, (ushort)RTM.RTM_GETLINK, NLM_F.NONE);
        message.PutHeader<ifinfomsg, IFLA>(default).PutString(IFLA.IFLA_IFNAME, name);
        return FindLink(message.Message, $"RTM_GETLINK {name}");
    }

    /// <summary>One link by name.</summary>
    /// <exception cref="NetlinkException">There is none (ENODEV).</exception>
    public Link GetLink(string name) => FindLink(name) ?? throw new NetlinkException(new NetlinkError(Errno.ENODEV), $"RTM_GETLINK {name}");

    /// <summary>All links.</summary>
    /// <exception cref="NetlinkException">The kernel refused, or the table changed during each of several dumps.</exception>
    public IReadOnlyList<Link> GetLinks() => Dump<Link, ifinfomsg, IFLA>(RTM.RTM_GETLINK, default, Links, static (scoped in NetlinkMessage m) => Link.Read(m));

    /// <summary>All addresses of both families.</summary>
    /// <exception cref="NetlinkException">The kernel refused, or the table changed during each of several dumps.</exception>
    public IReadOnlyList<LinkAddress> GetAddresses() =>
        Dump<LinkAddress, ifaddrmsg, IFA>(RTM.RTM_GETADDR, default, Addresses, static (scoped in NetlinkMessage m) => LinkAddress.Read(m));

    /// <summary>All routes of a family.</summary>
    /// <param name="family"><see cref="AddressFamily.InterNetwork"/> or <see cref="AddressFamily.InterNetworkV6"/>.</param>
    /// <exception cref="NetlinkException">The kernel refused, or the table changed during each of several dumps.</exception>
    public IReadOnlyList<RouteEntry> GetRoutes(AddressFamily family) =>
        Dump<RouteEntry, rtmsg, RTA>(RTM.RTM_GETROUTE, new rtmsg { rtm_family = NumberOf(family) }, Routes, static (scoped in NetlinkMessage m) => RouteEntry.Read(m));

    /// <summary>The default route with the lowest metric, IPv4's before IPv6's; null where there is neither.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public RouteEntry? FindDefaultRoute() =>
        GetRoutes(AddressFamily.InterNetwork).Where(static r => r.IsDefault).MinBy(static r => r.Metric)
        ?? GetRoutes(AddressFamily.InterNetworkV6).Where(static r => r.IsDefault).MinBy(static r => r.Metric);

    /// <summary>Adds an address to a link (<c>RTM_NEWADDR</c>, exclusive).</summary>
    /// <param name="linkIndex">The link.</param>
    /// <param name="address">IPv4 or IPv6.</param>
    /// <param name="prefixLength">Bits.</param>
    /// <param name="flags">IFA_F_*: <c>IFA_F_NODAD</c> (2) makes an IPv6 address usable at once.</param>
    /// <param name="error">EEXIST where the link has it already.</param>
    public bool TryAddAddress(int linkIndex, IPAddress address, byte prefixLength, uint flags, out NetlinkError error)
    {
        ArgumentNullException.ThrowIfNull(address);
        Span<byte> buffer = stackalloc byte[128];
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        var message = MessageWriter.Begin(buffer, (ushort)RTM.RTM_NEWADDR, NLM_F.NLM_F_CREATE | NLM_F.NLM_F_EXCL);
        var attributes = message.PutHeader<ifaddrmsg, IFA>(new ifaddrmsg
        {
            ifa_family = NumberOf(address.AddressFamily),
            ifa_prefixlen = prefixLength,
            ifa_index = (uint)linkIndex,
        });
        attributes.Put(IFA.IFA_LOCAL, bytes[..length]);
        attributes.Put(IFA.IFA_ADDRESS, bytes[..length]);
        if (flags != 0)
            attributes.Put(IFA.IFA_FLAGS, flags);
        return _socket.TryRequest(message.Message, Addresses, out error);
    }

    /// <summary>Adds an address to a link.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void AddAddress(int linkIndex, IPAddress address, byte prefixLength, uint flags = 0)
    {
        if (!TryAddAddress(linkIndex, address, prefixLength, flags, out var error))
            throw new NetlinkException(error, $"RTM_NEWADDR {address}/{prefixLength} on index {linkIndex}");
    }

    /// <summary>Adds a default route (<c>RTM_NEWROUTE</c>, exclusive) to table <c>main</c>.</summary>
    /// <param name="linkIndex">Where packets leave.</param>
    /// <param name="gateway">The next hop, on the link.</param>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void AddDefaultRoute(int linkIndex, IPAddress gateway)
    {
        ArgumentNullException.ThrowIfNull(gateway);
        Span<byte> buffer = stackalloc byte[128];
        Span<byte> bytes = stackalloc byte[16];
        gateway.TryWriteBytes(bytes, out var length);
        var message = MessageWriter.Begin(buffer, (ushort)RTM.RTM_NEWROUTE, NLM_F.NLM_F_CREATE | NLM_F.NLM_F_EXCL);
        var attributes = message.PutHeader<rtmsg, RTA>(new rtmsg
        {
            rtm_family = NumberOf(gateway.AddressFamily),
            rtm_table = 254, // RT_TABLE_MAIN
            rtm_protocol = 4, // RTPROT_STATIC
            rtm_type = 1, // RTN_UNICAST
        });
        attributes.Put(RTA.RTA_GATEWAY, bytes[..length]);
        attributes.Put(RTA.RTA_OIF, linkIndex);
        if (!_socket.TryRequest(message.Message, Routes, out var error))
            throw new NetlinkException(error, $"RTM_NEWROUTE default via {gateway} on index {linkIndex}");
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private static ifinfomsg HeaderOf(int index, in LinkChange change) => new()
    {
        ifi_index = index,
        ifi_flags = change.Up == true ? IFF.IFF_UP : IFF.NONE,
        ifi_change = change.Up is null ? IFF.NONE : IFF.IFF_UP,
    };

    private static void Put(AttributeWriter<IFLA> attributes, in LinkChange change)
    {
        if (change.Name is not null)
            attributes.PutString(IFLA.IFLA_IFNAME, change.Name);
        if (change.TxQueueLength is { } packets)
            attributes.Put(IFLA.IFLA_TXQLEN, packets);
        if (change.Mtu is { } bytes)
            attributes.Put(IFLA.IFLA_MTU, bytes);
        if (change.Alias is not null)
            attributes.Put(IFLA.IFLA_IFALIAS, System.Text.Encoding.UTF8.GetBytes(change.Alias));
        if (change.Namespace is not null)
            attributes.Put(IFLA.IFLA_NET_NS_FD, change.Namespace.Descriptor);
    }

    private static byte NumberOf(AddressFamily family) => family switch
    {
        AddressFamily.InterNetwork => AfInet,
        AddressFamily.InterNetworkV6 => AfInet6,
        _ => throw new ArgumentOutOfRangeException(nameof(family), family, "IPv4 and IPv6 only."),
    };

    private Link? FindLink(ReadOnlySpan<byte> request, string what)
    {
        Link? link = null;
        using var replies = _socket.Exchange(request, Links);
        while (replies.MoveNext())
            link = Link.Read(replies.Current);
        return replies.Error.Number is 0 or Errno.ENODEV ? link : throw new NetlinkException(replies.Error, what);
    }

    private delegate T? Reader<T>(scoped in NetlinkMessage message);

    private List<T> Dump<T, THeader, TAttr>(RTM type, in THeader header, AttributeSpace space, Reader<T> read)
        where T : class
        where THeader : unmanaged
        where TAttr : unmanaged, Enum
    {
        Span<byte> buffer = stackalloc byte[64];
        var message = MessageWriter.Begin(buffer, (ushort)type, NLM_F.NLM_F_DUMP);
        message.PutHeader<THeader, TAttr>(header);
        for (var attempt = 1; ; attempt++)
        {
            var list = new List<T>();
            using var replies = _socket.Exchange(message.Message, space);
            while (replies.MoveNext())
            {
                if (read(replies.Current) is { } item)
                    list.Add(item);
            }

            if (!replies.Error.IsSuccess)
                throw new NetlinkException(replies.Error, type.ToString());
            if (!replies.Interrupted)
                return list;
            if (attempt == MaximumTries)
                throw new NetlinkException(new NetlinkError(Errno.EINTR) { Message = $"the table changed during each of {MaximumTries} dumps" }, type.ToString());
        }
    }
}
