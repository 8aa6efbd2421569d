using System.Net;
using VffNetlink.Route;

namespace VffNetlink.Events;

/// <summary>What tells one route of a namespace from another: appended ones differ in their next hops alone.</summary>
/// <param name="Family">AF_INET (2) or AF_INET6 (10).</param>
/// <param name="Table">The table.</param>
/// <param name="Destination">The destination; null: everything.</param>
/// <param name="PrefixLength">Bits.</param>
/// <param name="Source">The source that it is for (IPv6); null: everything.</param>
/// <param name="SourcePrefixLength">Bits.</param>
/// <param name="TypeOfService">The packets that it is for (IPv4).</param>
/// <param name="Metric">The metric.</param>
/// <param name="Type">RTN_*.</param>
/// <param name="Gateway">The next hop; null: on the link.</param>
/// <param name="OutputIndex">The outgoing link's index.</param>
/// <param name="NextHops">Where there are several, without their flags.</param>
/// <param name="NextHopId">The nexthop object that it uses.</param>
public readonly record struct RouteKey(
    byte Family,
    uint Table,
    IPAddress? Destination,
    byte PrefixLength,
    IPAddress? Source,
    byte SourcePrefixLength,
    byte TypeOfService,
    uint Metric,
    byte Type,
    IPAddress? Gateway,
    int? OutputIndex,
    NextHopList NextHops,
    uint? NextHopId);
