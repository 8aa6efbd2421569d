using System.Net;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>A route, as it is or as it shall be.</summary>
public sealed partial record RouteEntry : IRouteObject
{
    /// <summary>AF_INET (2) or AF_INET6 (10).</summary>
    public required byte Family { get; init; }

    /// <summary>The destination; null: everything.</summary>
    public IPAddress? Destination { get; init; }

    /// <summary>Bits of <see cref="Destination"/>; 0 is a default route, and refused beside an address.</summary>
    public byte PrefixLength { get; init; }

    /// <summary>Where packets come from, of routes that look at it (IPv6); null: anywhere.</summary>
    public IPAddress? Source { get; init; }

    /// <summary>Bits of <see cref="Source"/>; 0 is refused beside an address.</summary>
    public byte SourcePrefixLength { get; init; }

    /// <summary>The type of service that packets must have; 0: any.</summary>
    public byte TypeOfService { get; init; }

    /// <summary>The next hop, of a route with several the first one, perhaps of the other family; null where the destination is on the link.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>The outgoing link's index; of a route with several next hops the first one's; null where it has none.</summary>
    public int? OutputIndex { get; init; }

    /// <summary>The ways of a route with several; they are what is written then, not <see cref="Gateway"/> and <see cref="OutputIndex"/>.</summary>
    public NextHopList NextHops { get; init; } = NextHopList.Empty;

    /// <summary>The nexthop object that it uses, in place of ways of its own (Linux 5.3).</summary>
    public uint? NextHopId { get; init; }

    /// <summary>The metric, the lower the better (<c>RTA_PRIORITY</c>); 0: none.</summary>
    public uint Metric { get; init; }

    /// <summary>The table: 254, <c>main</c>, unless said otherwise. Also above 255.</summary>
    public uint Table { get; init; } = (uint)RT_TABLE.RT_TABLE_MAIN;

    /// <summary>RTN_*: 1, unicast, unless said otherwise.</summary>
    public byte Type { get; init; } = (byte)RTN.RTN_UNICAST;

    /// <summary>RTPROT_*, who made it: 4 is the administrator.</summary>
    public byte Protocol { get; init; }

    /// <summary>RT_SCOPE_*, how far the destination is: 0 behind a gateway, 253 on the link, 254 this host.</summary>
    public byte Scope { get; init; }

    /// <summary>RTM_F_*, and in the lowest eight bits RTNH_F_* of its one way: 4 is <c>onlink</c>.</summary>
    public uint Flags { get; init; }

    /// <summary>The source address that this host takes; null: none is preferred.</summary>
    public IPAddress? PreferredSource { get; init; }

    /// <summary>Router preference of IPv6: 0 medium, 1 high, 3 low.</summary>
    public byte? Preference { get; init; }

    /// <summary>What TCP and IP take from it.</summary>
    public RouteMetrics Metrics { get; init; }

    /// <summary>Realms (<c>RTA_FLOW</c>).</summary>
    public uint? Realms { get; init; }

    /// <summary>The link that packets came in on; null: any.</summary>
    public int? InputIndex { get; init; }

    /// <summary>Seconds that it lasts (IPv6); null: for ever. The kernel tells it in <see cref="CacheInfo"/>.</summary>
    public uint? Expires { get; init; }

    /// <summary>Use and expiry, as the kernel told; not written.</summary>
    public rta_cacheinfo? CacheInfo { get; init; }

    /// <summary>What this library has no name for, and encapsulation, as it came; it is written back.</summary>
    public RawAttributes Other { get; init; }

    /// <summary>Whether it is the route of last resort that packets leave by: unicast, to everything, in table <c>main</c>.</summary>
    public bool IsDefault => PrefixLength == 0 && Type == 1 && Table == 254 && OutputIndex is not null;

    /// <summary>Reads a route out of an <c>RTM_NEWROUTE</c> or <c>RTM_DELROUTE</c>.</summary>
    /// <exception cref="NetlinkFormatException">The message is malformed, or about something else.</exception>
    public static RouteEntry Read(scoped in NetlinkMessage message)
    {
        if (!RouteView.TryRead(message, out var view))
            Throw.Format($"A message of type {message.Type} is not about a route.");
        return view.ToRecord();
    }

    /// <summary>Such as <c>10.0.0.0/8 via 192.0.2.9 on index 3 table 254</c>.</summary>
    public override string ToString() =>
        $"{(Destination is null ? "default" : $"{Destination}/{PrefixLength}")}{(Gateway is null ? "" : $" via {Gateway}")}{(OutputIndex is null ? "" : $" on index {OutputIndex}")} table {Table}";
}
