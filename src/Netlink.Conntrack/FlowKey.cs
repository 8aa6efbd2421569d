namespace VffNetlink.Conntrack;

/// <summary>What tells one flow of a namespace from another, also from an earlier or later one with the same tuple.</summary>
/// <param name="Original">The tuple of its first packet.</param>
/// <param name="Id">Its id.</param>
public readonly record struct FlowKey(ConntrackTuple Original, uint Id);
