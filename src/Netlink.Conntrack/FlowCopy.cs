namespace VffNetlink.Conntrack;

/// <summary>How a copy of flows went.</summary>
/// <param name="Copied">Flows that were made.</param>
/// <param name="Refused">Flows that the target refused.</param>
public readonly record struct FlowCopy(long Copied, long Refused)
{
    /// <summary>
    /// Whether flows lost their labels on the way: the target takes those of a new flow without a word, and drops them where no rule of it uses labels. One flow was looked at.
    /// </summary>
    public bool LabelsLost { get; init; }
}
