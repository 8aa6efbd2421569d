namespace VffNetlink.Conntrack;

/// <summary>How a deletion by filter went.</summary>
/// <param name="Matched">Flows that the filter wanted.</param>
/// <param name="Deleted">Those that were deleted.</param>
/// <param name="Gone">Those that had ended by themselves in between (ENOENT), also where a newer flow has taken over the tuple, which stays.</param>
/// <param name="Refused">Those that the kernel refused to delete for another reason.</param>
/// <param name="FirstRefusal">The first such reason; success where there is none.</param>
public readonly record struct FlowDeletion(long Matched, long Deleted, long Gone, long Refused, NetlinkError FirstRefusal);
