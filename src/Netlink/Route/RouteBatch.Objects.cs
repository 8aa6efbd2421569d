using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <content>What is written as a record.</content>
public static partial class RouteBatch
{
    /// <summary>Adds an address to a link.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="address">The address.</param>
    public static int AddAddress(this NetlinkBatch batch, LinkAddress address) => Put(batch, RTM.RTM_NEWADDR, Add, address);

    /// <summary>Adds an address to a link, or gives one that it has other lifetimes, flags and metric.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="address">The address.</param>
    public static int ReplaceAddress(this NetlinkBatch batch, LinkAddress address) => Put(batch, RTM.RTM_NEWADDR, Replace, address);

    /// <summary>Removes an address.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="address">Link, address and prefix.</param>
    public static int DeleteAddress(this NetlinkBatch batch, LinkAddress address) => Put(batch, RTM.RTM_DELADDR, NLM_F.NONE, address);

    /// <summary>Adds a route.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="route">The route.</param>
    public static int AddRoute(this NetlinkBatch batch, RouteEntry route) => Put(batch, RTM.RTM_NEWROUTE, Add, route);

    /// <summary>Adds a route, in the place of one to the same destination with the same metric.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="route">The route.</param>
    public static int ReplaceRoute(this NetlinkBatch batch, RouteEntry route) => Put(batch, RTM.RTM_NEWROUTE, Replace, route);

    /// <summary>Adds a route behind those to the same destination; of IPv6, another way of theirs.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="route">The route.</param>
    public static int AppendRoute(this NetlinkBatch batch, RouteEntry route) => Put(batch, RTM.RTM_NEWROUTE, Append, route);

    /// <summary>Removes the first route that has all that is said.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="route">What it has.</param>
    public static int DeleteRoute(this NetlinkBatch batch, RouteEntry route) => Put(batch, RTM.RTM_DELROUTE, NLM_F.NONE, route);

    /// <summary>Adds a neighbour.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="neighbour">The neighbour.</param>
    public static int AddNeighbour(this NetlinkBatch batch, Neighbour neighbour) => Put(batch, RTM.RTM_NEWNEIGH, Add, neighbour);

    /// <summary>Adds a neighbour, or changes the one that is there.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="neighbour">The neighbour.</param>
    public static int ReplaceNeighbour(this NetlinkBatch batch, Neighbour neighbour) => Put(batch, RTM.RTM_NEWNEIGH, Replace, neighbour);

    /// <summary>Removes a neighbour.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="neighbour">Family, link and address.</param>
    public static int DeleteNeighbour(this NetlinkBatch batch, Neighbour neighbour) => Put(batch, RTM.RTM_DELNEIGH, NLM_F.NONE, neighbour);

    /// <summary>Adds a routing rule. One that looks up and names no table looks up in <c>main</c>.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="rule">The rule.</param>
    public static int AddRule(this NetlinkBatch batch, RoutingRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return Put(batch, RTM.RTM_NEWRULE, Add, rule.WithTable);
    }

    /// <summary>Removes the first routing rule that has all that is said.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="rule">What it has.</param>
    public static int DeleteRule(this NetlinkBatch batch, RoutingRule rule) => Put(batch, RTM.RTM_DELRULE, NLM_F.NONE, rule);

    /// <summary>Asks for the way of a packet: the answer reaches <see cref="IBatchSink.Reply"/>, where a <see cref="RouteView"/> reads it.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="query">Which.</param>
    public static int GetRoute(this NetlinkBatch batch, in RouteQuery query)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var message = batch.Begin((ushort)RTM.RTM_GETROUTE, NLM_F.NONE, 160);
        RouteMessages.Get(message, query);
        return Commit(batch, message);
    }

    /// <summary>Asks for one neighbour: the answer reaches <see cref="IBatchSink.Reply"/>, where a <see cref="NeighbourView"/> reads it.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="key">Which.</param>
    public static int GetNeighbour(this NetlinkBatch batch, Neighbour key)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var message = batch.Begin((ushort)RTM.RTM_GETNEIGH, NLM_F.NONE, 160);
        NeighbourMessages.Get(message, key);
        return Commit(batch, message);
    }

    private static int Put<T>(NetlinkBatch batch, RTM type, NLM_F flags, T item)
        where T : class, IRouteObject
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(item);
        var message = batch.Begin((ushort)type, flags, item.Room);
        item.Write(message);
        return Commit(batch, message);
    }
}
