using VffNetlink.Route;
using VffNetlink.Uapi;

namespace VffNetlink.Events;

/// <summary>The routes of a namespace, of both families and all tables.</summary>
/// <remarks>
/// Notifications do not tell everything of routes: IPv4's go silently with a link that goes down, with an address that they prefer and with the nexthop
/// object that they use, or lose a way with it; one that is replaced goes silently, and IPv6 joins routes to one with several next hops. Then the table is
/// dumped again. That a route ages, or that a link of it has lost its carrier, does not count as a change. Nexthop objects came with Linux 5.3, which
/// this needs.
/// </remarks>
public sealed class RouteTable : WatchedTable<RouteKey, RouteEntry>
{
    private const uint Cloned = 0x200; // RTM_F_CLONED
    private const int Loopback = 1; // in every namespace

    /// <inheritdoc/>
    public override NETLINK Protocol => NETLINK.NETLINK_ROUTE;

    /// <inheritdoc/>
    public override IReadOnlyList<uint> Groups { get; } =
        [(uint)RTNLGRP.RTNLGRP_IPV4_ROUTE, (uint)RTNLGRP.RTNLGRP_IPV6_ROUTE, (uint)RTNLGRP.RTNLGRP_LINK, (uint)RTNLGRP.RTNLGRP_IPV4_IFADDR, (uint)RTNLGRP.RTNLGRP_NEXTHOP];

    /// <inheritdoc/>
    public override IReadOnlyList<RouteEntry> Dump(NetlinkSocket socket, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(socket);
        AwaitChange(socket, cancellation);
        return [.. Dump(socket, InetFamily.IPv4, cancellation), .. Dump(socket, InetFamily.IPv6, cancellation)];
    }

    /// <inheritdoc/>
    public override TableEvent Read(scoped in NetlinkMessage message, out RouteEntry? value)
    {
        value = null;
        switch ((RTM)message.Type)
        {
            case RTM.RTM_DELLINK or RTM.RTM_DELADDR or RTM.RTM_DELNEXTHOP:
                return TableEvent.Stale;
            case RTM.RTM_NEWNEXTHOP:
                return (message.Flags & NLM_F.NLM_F_REPLACE) != 0 ? TableEvent.Stale : TableEvent.None;
            case RTM.RTM_NEWLINK:
                var link = message.ReadHeader<ifinfomsg>();
                return link.ifi_family == 0 && (link.ifi_flags & IFF.IFF_UP) == 0 ? TableEvent.Stale : TableEvent.None;
            case RTM.RTM_NEWROUTE or RTM.RTM_DELROUTE:
                return ReadRoute(message, out value);
            default:
                return TableEvent.None;
        }
    }

    /// <inheritdoc/>
    public override RouteKey KeyOf(RouteEntry value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new RouteKey(
            value.Family,
            value.Table,
            value.Destination,
            value.PrefixLength,
            value.Source,
            value.SourcePrefixLength,
            value.TypeOfService,
            value.Metric,
            value.Type,
            value.Gateway,
            value.OutputIndex,
            WithoutFlags(value.NextHops),
            value.NextHopId);
    }

    /// <inheritdoc/>
    public override bool AreEqual(RouteEntry one, RouteEntry other) => Comparable(one) == Comparable(other);

    private static RouteEntry Comparable(RouteEntry route) => route with { Flags = 0, Expires = null, CacheInfo = null, NextHops = WithoutFlags(route.NextHops) };

    private static NextHopList WithoutFlags(NextHopList hops) =>
        hops.Count == 0 ? hops : NextHopList.Of([.. hops.Select(static hop => hop with { Flags = default })]);

    private static TableEvent ReadRoute(scoped in NetlinkMessage message, out RouteEntry? value)
    {
        value = null;
        var header = message.ReadHeader<rtmsg>();
        if ((InetFamily)header.rtm_family is not (InetFamily.IPv4 or InetFamily.IPv6) || (header.rtm_flags & Cloned) != 0)
            return TableEvent.None;
        var isNew = (RTM)message.Type == RTM.RTM_NEWROUTE;
        if (isNew && (message.Flags & NLM_F.NLM_F_REPLACE) != 0)
            return TableEvent.Stale;
        if ((InetFamily)header.rtm_family == InetFamily.IPv6 && message.Attributes<rtmsg, RTA>().TryFind(RTA.RTA_MULTIPATH, out _))
            return TableEvent.Stale;
        value = RouteEntry.Read(message);
        return isNew ? TableEvent.Set : TableEvent.RemovedForCertain;
    }

    /// <summary>
    /// The kernel tells of a link or nexthop object that goes before it takes its routes away, and dumps routes without the lock that it holds
    /// meanwhile. To tell of a link it needs that lock: its answer comes when the routes are gone.
    /// </summary>
    private static void AwaitChange(NetlinkSocket socket, CancellationToken cancellation)
    {
        Span<byte> buffer = stackalloc byte[64];
        var message = MessageWriter.Begin(buffer, (ushort)RTM.RTM_GETLINK, NLM_F.NONE);
        message.PutHeader<ifinfomsg, IFLA>(new ifinfomsg { ifi_index = Loopback });
        socket.TryRequest(message.Message, null, cancellation, out _);
    }

    private static List<RouteEntry> Dump(NetlinkSocket socket, InetFamily family, CancellationToken cancellation)
    {
        Span<byte> buffer = stackalloc byte[64];
        var message = MessageWriter.Begin(buffer, (ushort)RTM.RTM_GETROUTE, NLM_F.NLM_F_DUMP);
        message.PutHeader<rtmsg, RTA>(new rtmsg { rtm_family = (byte)family });
        return socket.Dump(message.Message, null, "RTM_GETROUTE", static (scoped in NetlinkMessage m) => RouteEntry.Read(m), limit: cancellation);
    }
}
