using VffNetlink.Conntrack;

namespace VffQos.Flows;

/// <summary>An entry that bears a mark.</summary>
/// <param name="Tuple">Of what the client sends; the original direction of what is no client's.</param>
/// <param name="IsClients">Whether it leads to a port that some source names: what does not is never touched, whatever it bears.</param>
/// <param name="ConntrackId">Its id.</param>
/// <param name="Mark">Its whole mark.</param>
internal readonly record struct MarkedFlow(ConntrackTuple Tuple, bool IsClients, uint ConntrackId, uint Mark);
