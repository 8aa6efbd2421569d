namespace VffNetlink.Conntrack;

/// <summary>How a change by filter went.</summary>
/// <param name="Matched">Flows that the filter wanted.</param>
/// <param name="Updated">Those that were changed.</param>
/// <param name="Gone">Those that had ended by themselves in between (ENOENT).</param>
/// <param name="Refused">Those that the kernel refused to change for another reason.</param>
/// <param name="FirstRefusal">The first such reason; success where there is none.</param>
public readonly record struct FlowUpdates(long Matched, long Updated, long Gone, long Refused, NetlinkError FirstRefusal);
