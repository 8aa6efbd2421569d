using System.Net;

namespace VffNetlink.Events;

/// <summary>What tells one route of a namespace from another: appended ones differ in their next hop alone.</summary>
/// <param name="Family">AF_INET (2) or AF_INET6 (10).</param>
/// <param name="Table">The table.</param>
/// <param name="Destination">The destination; null: everything.</param>
/// <param name="PrefixLength">Bits.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Type">RTN_*.</param>
/// <param name="Gateway">The next hop; null: on the link.</param>
/// <param name="OutputIndex">The outgoing link's index.</param>
public readonly record struct RouteKey(byte Family, uint Table, IPAddress? Destination, byte PrefixLength, uint Metric, byte Type, IPAddress? Gateway, int? OutputIndex);
