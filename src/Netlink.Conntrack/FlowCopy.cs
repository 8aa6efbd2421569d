namespace VffNetlink.Conntrack;

/// <summary>How a copy of flows went.</summary>
/// <param name="Copied">Flows that were made.</param>
/// <param name="Refused">Flows that the target refused.</param>
public readonly record struct FlowCopy(long Copied, long Refused);
