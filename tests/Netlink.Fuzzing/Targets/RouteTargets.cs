using VffNetlink.Events;
using VffNetlink.Route;
using VffNetlink.Uapi;

namespace VffNetlink.Fuzzing.Targets;

/// <summary>The readers of rtnetlink. Kinds of links are found by themselves.</summary>
internal static class RouteTargets
{
    private static readonly LinkTable LinkEvents = new();
    private static readonly AddressTable AddressEvents = new();
    private static readonly RouteTable RouteEvents = new();
    private static readonly NeighbourTable NeighbourEvents = new();

    /// <summary>All of them.</summary>
    public static IEnumerable<FuzzTarget> All =>
    [
        FuzzTarget.OfRoute(typeof(Link), RouteCatalog.Links, static (scoped in m) => ReadLink(Link.Read(m)), RTM.RTM_NEWLINK, RTM.RTM_DELLINK),
        FuzzTarget.OfRoute(typeof(LinkView), RouteCatalog.Links, ReadView<LinkView>, RTM.RTM_NEWLINK, RTM.RTM_DELLINK),
        FuzzTarget.OfRoute(typeof(LinkTable), RouteCatalog.Links, static (scoped in m) => LinkEvents.Read(m, out _), RTM.RTM_NEWLINK, RTM.RTM_DELLINK),
        FuzzTarget.OfPayload(typeof(LinkStatistics), AttributeSpace.OfStruct<rtnl_link_stats64>(), static p => LinkStatistics.Read(p)),
        FuzzTarget.OfRoute(typeof(LinkAddress), RouteCatalog.Addresses, static (scoped in m) => _ = LinkAddress.Read(m)?.ToString(), RTM.RTM_NEWADDR, RTM.RTM_DELADDR),
        FuzzTarget.OfRoute(typeof(AddressView), RouteCatalog.Addresses, ReadView<AddressView>, RTM.RTM_NEWADDR, RTM.RTM_DELADDR),
        FuzzTarget.OfRoute(typeof(AddressTable), RouteCatalog.Addresses, static (scoped in m) => AddressEvents.Read(m, out _), RTM.RTM_NEWADDR, RTM.RTM_DELADDR),
        FuzzTarget.OfRoute(typeof(RouteEntry), RouteCatalog.Routes, static (scoped in m) => _ = RouteEntry.Read(m).ToString(), RTM.RTM_NEWROUTE, RTM.RTM_DELROUTE),
        FuzzTarget.OfRoute(typeof(RouteView), RouteCatalog.Routes, ReadRoute, RTM.RTM_NEWROUTE, RTM.RTM_DELROUTE),
        FuzzTarget.OfRoute(typeof(RouteTable), RouteCatalog.Routes, static (scoped in m) => RouteEvents.Read(m, out _), RTM.RTM_NEWROUTE, RTM.RTM_DELROUTE),
        FuzzTarget.OfPayload(typeof(RouteMetrics), RouteCatalog.Routes.Inside((ushort)RTA.RTA_METRICS, default), static p => _ = RouteMetrics.Read(p).ToString()),
        FuzzTarget.OfPayload(typeof(NextHopReader), RouteCatalog.Routes.Inside((ushort)RTA.RTA_MULTIPATH, default), static p => ReadHops(new NextHopReader(p))),
        FuzzTarget.OfRoute(typeof(Neighbour), RouteCatalog.Neighbours, static (scoped in m) => _ = Neighbour.Read(m).ToString(), RTM.RTM_NEWNEIGH, RTM.RTM_DELNEIGH),
        FuzzTarget.OfRoute(typeof(NeighbourView), RouteCatalog.Neighbours, ReadView<NeighbourView>, RTM.RTM_NEWNEIGH, RTM.RTM_DELNEIGH),
        FuzzTarget.OfRoute(typeof(NeighbourTable), RouteCatalog.Neighbours, static (scoped in m) => NeighbourEvents.Read(m, out _), RTM.RTM_NEWNEIGH, RTM.RTM_DELNEIGH),
        FuzzTarget.OfRoute(typeof(RoutingRule), RouteCatalog.Rules, static (scoped in m) => _ = RoutingRule.Read(m).ToString(), RTM.RTM_NEWRULE, RTM.RTM_DELRULE),
        FuzzTarget.OfRoute(typeof(RuleView), RouteCatalog.Rules, ReadView<RuleView>, RTM.RTM_NEWRULE, RTM.RTM_DELRULE),
        FuzzTarget.OfRoute(typeof(NamespaceIdView), RouteCatalog.NamespaceIds, ReadNamespaceId, RTM.RTM_NEWNSID, RTM.RTM_DELNSID),
        .. Kinds.Select<FuzzTarget>(Kinds.OfLinks, typeof(RouteTargets), nameof(Kind)),
    ];

    private static void ReadView<TView>(scoped in NetlinkMessage message)
        where TView : struct, IRouteView<TView>, allows ref struct
    {
        if (TView.TryRead(message, out var view))
            ViewProperties<TView>.Read(ref view);
    }

    private static void ReadLink(Link link)
    {
        _ = link.ToString();
        _ = link.ToChange().ToString();
        _ = link.Options?.ToString();
    }

    private static void ReadRoute(scoped in NetlinkMessage message)
    {
        if (!RouteView.TryRead(message, out var view))
            return;
        ViewProperties<RouteView>.Read(ref view);
        view.TryReadMetrics(out _);
        ReadHops(view.NextHops);
    }

    private static void ReadHops(NextHopReader hops)
    {
        foreach (var hop in hops)
        {
            var view = hop;
            ViewProperties<NextHopView>.Read(ref view);
            _ = hop.ToRecord().ToString();
        }
    }

    private static void ReadNamespaceId(scoped in NetlinkMessage message)
    {
        ReadView<NamespaceIdView>(message);
        if (NamespaceIdView.TryRead(message, out var view))
            _ = view.ToRecord().ToString();
    }

    private static FuzzTarget Kind<T>()
        where T : struct, ILinkKind<T> => FuzzTarget.OfPayload(typeof(T), default(T).DataNames, ReadKind<T>);

    private static void ReadKind<T>(ReadOnlySpan<byte> data)
        where T : struct, ILinkKind<T>
    {
        var value = T.Read(data);
        _ = value.ToString();
        // Of a link that is there the kernel does not tell the peer's name, which a new one needs.
        if (value is VethLink)
            return;
        // Some of what the kernel tells it refuses to hear, and that is not written; the rest is.
        var again = Rewrite(value);
        Rewriting.Same(again, Rewrite(again));
    }

    private static T Rewrite<T>(in T value)
        where T : struct, ILinkKind<T>
    {
        var message = MessageWriter.Begin(new byte[64 + value.Room], 0, NLM_F.NONE);
        value.WriteData(message.PutHeader<uint, IFLA_INFO>(0));
        var written = new AttributeReader<IFLA_INFO>(message.Message[20..]);
        return T.Read(written.TryFind(value.IsSlave ? IFLA_INFO.IFLA_INFO_SLAVE_DATA : IFLA_INFO.IFLA_INFO_DATA, out var data) ? data.Payload : default);
    }
}
