using VffNetlink.Conntrack;

namespace VffQos.Flows;

/// <summary>A tuple that an earlier run remembered.</summary>
/// <param name="Tuple">The original direction.</param>
/// <param name="Index">Whose flow it was.</param>
/// <param name="Age">How long its entry has been gone, or, where it was there to the end, since that run told of it.</param>
internal readonly record struct EndedFlow(ConntrackTuple Tuple, ushort Index, TimeSpan Age);
