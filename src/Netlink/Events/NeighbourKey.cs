using System.Net;

namespace VffNetlink.Events;

/// <summary>What tells one neighbour of a namespace from another.</summary>
/// <param name="LinkIndex">The link that it is on.</param>
/// <param name="Destination">Its network address.</param>
public readonly record struct NeighbourKey(int LinkIndex, IPAddress? Destination);
