using System.Net;
using System.Net.Sockets;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

public sealed partial class RouteClient
{
    private const byte TableMain = 254; // RT_TABLE_MAIN
    private const byte ProtocolStatic = 4; // RTPROT_STATIC
    private const byte TypeUnicast = 1; // RTN_UNICAST

    private static AttributeSpace Routes => RouteCatalog.Routes;

    /// <summary>All routes of a family, of all tables.</summary>
    /// <param name="family"><see cref="AddressFamily.InterNetwork"/> or <see cref="AddressFamily.InterNetworkV6"/>.</param>
    /// <exception cref="NetlinkException">The kernel refused, or the table changed during each of several dumps.</exception>
    public IReadOnlyList<RouteEntry> GetRoutes(AddressFamily family)
    {
        Span<byte> buffer = stackalloc byte[64];
        var message = MessageWriter.Begin(buffer, (ushort)RTM.RTM_GETROUTE, NLM_F.NLM_F_DUMP);
        message.PutHeader<rtmsg, RTA>(new rtmsg { rtm_family = NumberOf(family) });
        return Dump(message.Message, Routes, "RTM_GETROUTE", static (scoped in NetlinkMessage m) => RouteEntry.Read(m));
    }

    /// <summary>The default route with the lowest metric, IPv4's before IPv6's; null where there is neither.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public RouteEntry? FindDefaultRoute() => FindDefaultRoute(AddressFamily.InterNetwork) ?? FindDefaultRoute(AddressFamily.InterNetworkV6);

    /// <summary>The default route of a family with the lowest metric; null where there is none.</summary>
    /// <param name="family"><see cref="AddressFamily.InterNetwork"/> or <see cref="AddressFamily.InterNetworkV6"/>.</param>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public RouteEntry? FindDefaultRoute(AddressFamily family)
    {
        Span<byte> buffer = stackalloc byte[64];
        var message = MessageWriter.Begin(buffer, (ushort)RTM.RTM_GETROUTE, NLM_F.NLM_F_DUMP);
        // The kernel leaves out the other tables; a table of the whole Internet is walked without making an object of each route.
        message.PutHeader<rtmsg, RTA>(new rtmsg { rtm_family = NumberOf(family) }).Put(RTA.RTA_TABLE, (uint)TableMain);
        // ENOENT: a table is made with its first route.
        var routes = Dump(message.Message, Routes, "RTM_GETROUTE", static (scoped in NetlinkMessage m) => m.ReadHeader<rtmsg>().rtm_dst_len == 0 ? RouteEntry.Read(m) : null, Errno.ENOENT);
        return routes.Where(static r => r.IsDefault).MinBy(static r => r.Metric);
    }

    /// <summary>Adds a default route (<c>RTM_NEWROUTE</c>, exclusive) to table <c>main</c>.</summary>
    /// <param name="linkIndex">Where packets leave.</param>
    /// <param name="gateway">The next hop, on the link.</param>
    /// <param name="error">EEXIST where there is one already, ENETUNREACH where the gateway is not on the link.</param>
    public bool TryAddDefaultRoute(int linkIndex, IPAddress gateway, out NetlinkError error)
    {
        ArgumentNullException.ThrowIfNull(gateway);
        Span<byte> buffer = stackalloc byte[128];
        Span<byte> bytes = stackalloc byte[16];
        gateway.TryWriteBytes(bytes, out var length);
        var message = MessageWriter.Begin(buffer, (ushort)RTM.RTM_NEWROUTE, NLM_F.NLM_F_CREATE | NLM_F.NLM_F_EXCL);
        var attributes = message.PutHeader<rtmsg, RTA>(new rtmsg
        {
            rtm_family = NumberOf(gateway.AddressFamily),
            rtm_table = TableMain,
            rtm_protocol = ProtocolStatic,
            rtm_type = TypeUnicast,
        });
        attributes.Put(RTA.RTA_GATEWAY, bytes[..length]);
        attributes.Put(RTA.RTA_OIF, linkIndex);
        return _socket.TryRequest(message.Message, Routes, out error);
    }

    /// <summary>Adds a default route to table <c>main</c>.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void AddDefaultRoute(int linkIndex, IPAddress gateway)
    {
        if (!TryAddDefaultRoute(linkIndex, gateway, out var error))
            throw new NetlinkException(error, $"RTM_NEWROUTE default via {gateway} on index {linkIndex}");
    }
}
