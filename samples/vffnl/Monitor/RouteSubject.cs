using VffNetlink;
using VffNetlink.Route;
using VffNetlink.Uapi;
using Vffnl.Route;

namespace Vffnl.Monitor;

/// <summary>Routes, of all tables.</summary>
internal sealed class RouteSubject : Subject
{
    /// <inheritdoc/>
    public override string Name => "route";

    /// <inheritdoc/>
    public override string Description => "routes, of all tables";

    /// <inheritdoc/>
    public override IEnumerable<uint> Groups(InetFamily family)
    {
        if (family != InetFamily.IPv6)
            yield return (uint)RTNLGRP.RTNLGRP_IPV4_ROUTE;
        if (family != InetFamily.IPv4)
            yield return (uint)RTNLGRP.RTNLGRP_IPV6_ROUTE;
    }

    /// <inheritdoc/>
    public override Change? Read(scoped in NetlinkMessage message, InetFamily family)
    {
        // What was made from a route for one destination is none of a table's.
        if (!RouteView.TryRead(message, out var view) || (view.Flags & RTM_F.RTM_F_CLONED) != 0)
            return null;
        var route = view.ToRecord();
        return new Change(view.IsRemoval, (report, links) => RouteFields.Write(report, route, links));
    }
}
