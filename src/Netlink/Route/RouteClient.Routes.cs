using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <content>Routes.</content>
public sealed partial class RouteClient
{
    /// <summary>All routes of a family, of all tables.</summary>
    /// <param name="family"><see cref="AddressFamily.InterNetwork"/> or <see cref="AddressFamily.InterNetworkV6"/>.</param>
    /// <exception cref="NetlinkException">The kernel refused, or the table changed during each of several dumps.</exception>
    public IReadOnlyList<RouteEntry> GetRoutes(AddressFamily family) => GetRoutes(new RouteFilter { Family = FamilyOf(family) });

    /// <summary>The routes that a filter chooses, in the kernel.</summary>
    /// <param name="filter">The default value: all of both families.</param>
    /// <exception cref="NetlinkException">The kernel refused, or the table changed during each of several dumps.</exception>
    public IReadOnlyList<RouteEntry> GetRoutes(in RouteFilter filter)
    {
        var message = MessageWriter.Begin(stackalloc byte[64], (ushort)RTM.RTM_GETROUTE, NLM_F.NLM_F_DUMP);
        RouteMessages.Dump(message, filter);
        // ENOENT: a table is made with its first route.
        return _socket.Dump(message.Message, RouteCatalog.Routes, "RTM_GETROUTE", static (scoped in NetlinkMessage m) => RouteView.TryRead(m, out var view) ? view.ToRecord() : null, filter.Table is null ? 0 : Errno.ENOENT, _limit);
    }

    /// <summary>Hands the routes that a filter chooses to a sink, as they come. Allocates nothing per route.</summary>
    /// <param name="filter">The default value: all of both families.</param>
    /// <param name="sink">Has had what came also where the dump fails later. It must not use this client.</param>
    /// <param name="error">ENOENT: there is no such table; EINTR: the table changed during the dump, so that routes may be missing or doubled.</param>
    public bool TryDumpRoutes<TSink>(in RouteFilter filter, ref TSink sink, out NetlinkError error)
        where TSink : struct, IViewSink<RouteView>, allows ref struct
    {
        var message = MessageWriter.Begin(stackalloc byte[64], (ushort)RTM.RTM_GETROUTE, NLM_F.NLM_F_DUMP);
        RouteMessages.Dump(message, filter);
        return TryDump<RouteView, TSink>(message.Message, RouteCatalog.Routes, ref sink, out error);
    }

    /// <summary>The way that a packet takes (<c>RTM_GETROUTE</c> of one destination).</summary>
    /// <param name="query">The packet.</param>
    /// <param name="route">The way.</param>
    /// <param name="error">ENETUNREACH where there is none, EHOSTUNREACH or EACCES where a route refuses it.</param>
    public bool TryGetRoute(in RouteQuery query, [NotNullWhen(true)] out RouteEntry? route, out NetlinkError error)
    {
        var message = MessageWriter.Begin(stackalloc byte[160], (ushort)RTM.RTM_GETROUTE, NLM_F.NONE);
        RouteMessages.Get(message, query);
        return _socket.TryGet(message.Message, RouteCatalog.Routes, static (scoped in NetlinkMessage m) => RouteView.TryRead(m, out var view) ? view.ToRecord() : null, out route, out error, _limit);
    }

    /// <summary>The way that a packet takes.</summary>
    /// <exception cref="NetlinkException">There is none (ENETUNREACH), or a route refuses it.</exception>
    public RouteEntry GetRoute(in RouteQuery query) =>
        TryGetRoute(query, out var route, out var error) ? route : throw new NetlinkException(error, $"RTM_GETROUTE {query.Destination}");

    /// <summary>The default route with the lowest metric, IPv4's before IPv6's; null where there is neither.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public RouteEntry? FindDefaultRoute() => FindDefaultRoute(AddressFamily.InterNetwork) ?? FindDefaultRoute(AddressFamily.InterNetworkV6);

    /// <summary>The default route of a family with the lowest metric; null where there is none.</summary>
    /// <param name="family"><see cref="AddressFamily.InterNetwork"/> or <see cref="AddressFamily.InterNetworkV6"/>.</param>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public RouteEntry? FindDefaultRoute(AddressFamily family)
    {
        // The kernel leaves out the other tables; a table of the whole Internet is walked without making an object of each route.
        var message = MessageWriter.Begin(stackalloc byte[64], (ushort)RTM.RTM_GETROUTE, NLM_F.NLM_F_DUMP);
        RouteMessages.Dump(message, new RouteFilter { Family = FamilyOf(family), Table = (uint)RT_TABLE.RT_TABLE_MAIN });
        // ENOENT: a table is made with its first route.
        var routes = _socket.Dump(message.Message, RouteCatalog.Routes, "RTM_GETROUTE", static (scoped in NetlinkMessage m) =>
            m.ReadHeader<rtmsg>().rtm_dst_len == 0 && RouteView.TryRead(m, out var view) ? view.ToRecord() : null, Errno.ENOENT, _limit);
        return routes.Where(static r => r.IsDefault).MinBy(static r => r.Metric);
    }

    /// <summary>Adds a default route (<c>RTM_NEWROUTE</c>, exclusive) to table <c>main</c>.</summary>
    /// <param name="linkIndex">Where packets leave.</param>
    /// <param name="gateway">The next hop, on the link.</param>
    /// <param name="error">EEXIST where there is one already, ENETUNREACH where the gateway is not on the link.</param>
    public bool TryAddDefaultRoute(int linkIndex, IPAddress gateway, out NetlinkError error)
    {
        ArgumentNullException.ThrowIfNull(gateway);
        var message = MessageWriter.Begin(stackalloc byte[128], (ushort)RTM.RTM_NEWROUTE, NLM_F.NLM_F_CREATE | NLM_F.NLM_F_EXCL);
        RouteMessages.Default(message, linkIndex, gateway);
        return _socket.TryRequest(message.Message, RouteCatalog.Routes, _limit, out error);
    }

    /// <summary>Adds a default route to table <c>main</c>.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void AddDefaultRoute(int linkIndex, IPAddress gateway)
    {
        if (!TryAddDefaultRoute(linkIndex, gateway, out var error))
            throw Refused(error, $"RTM_NEWROUTE default via {gateway} on index {linkIndex}", linkIndex);
    }

    /// <summary>Adds a route (<c>RTM_NEWROUTE</c>, exclusive).</summary>
    /// <param name="route">The route.</param>
    /// <param name="error">EEXIST where there is one to the same destination with the same metric, ENETUNREACH where the gateway is not on the link.</param>
    /// <exception cref="ArgumentException">An address is not of the route's family, or has no prefix length.</exception>
    public bool TryAddRoute(RouteEntry route, out NetlinkError error) =>
        TrySend(RTM.RTM_NEWROUTE, NLM_F.NLM_F_CREATE | NLM_F.NLM_F_EXCL, route, out error);

    /// <summary>Adds a route.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void AddRoute(RouteEntry route)
    {
        if (!TryAddRoute(route, out var error))
            throw Refused(error, $"RTM_NEWROUTE {route}", route.OutputIndex ?? 0);
    }

    /// <summary>Adds a route, in the place of one to the same destination with the same metric.</summary>
    /// <param name="route">The route.</param>
    /// <param name="error">ENETUNREACH where the gateway is not on the link.</param>
    /// <exception cref="ArgumentException">An address is not of the route's family, or has no prefix length.</exception>
    public bool TryReplaceRoute(RouteEntry route, out NetlinkError error) =>
        TrySend(RTM.RTM_NEWROUTE, NLM_F.NLM_F_CREATE | NLM_F.NLM_F_REPLACE, route, out error);

    /// <summary>Adds a route, in the place of one to the same destination with the same metric.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void ReplaceRoute(RouteEntry route)
    {
        if (!TryReplaceRoute(route, out var error))
            throw Refused(error, $"RTM_NEWROUTE {route}", route.OutputIndex ?? 0);
    }

    /// <summary>Adds a route behind those to the same destination with the same metric; of IPv6, another way of theirs.</summary>
    /// <param name="route">The route.</param>
    /// <param name="error">EEXIST where the very same one is there.</param>
    /// <exception cref="ArgumentException">An address is not of the route's family, or has no prefix length.</exception>
    public bool TryAppendRoute(RouteEntry route, out NetlinkError error) =>
        TrySend(RTM.RTM_NEWROUTE, NLM_F.NLM_F_CREATE | NLM_F.NLM_F_APPEND, route, out error);

    /// <summary>Adds a route behind those to the same destination with the same metric; of IPv6, another way of theirs.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void AppendRoute(RouteEntry route)
    {
        if (!TryAppendRoute(route, out var error))
            throw Refused(error, $"RTM_NEWROUTE {route}", route.OutputIndex ?? 0);
    }

    /// <summary>Removes a route (<c>RTM_DELROUTE</c>): the first one that has all that is said.</summary>
    /// <param name="route">Destination, table and metric, and whatever tells it from others. Type and protocol 0: any.</param>
    /// <param name="error">ESRCH where there is none.</param>
    /// <exception cref="ArgumentException">An address is not of the route's family, or has no prefix length.</exception>
    public bool TryDeleteRoute(RouteEntry route, out NetlinkError error) => TrySend(RTM.RTM_DELROUTE, NLM_F.NONE, route, out error);

    /// <summary>Removes a route: the first one that has all that is said.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void DeleteRoute(RouteEntry route)
    {
        if (!TryDeleteRoute(route, out var error))
            throw Refused(error, $"RTM_DELROUTE {route}", route.OutputIndex ?? 0);
    }
}
