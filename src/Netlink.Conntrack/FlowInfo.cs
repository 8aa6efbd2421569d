namespace VffNetlink.Conntrack;

/// <summary>
/// The part of a flow that has a fixed size, as a value: for look-ups that allocate nothing. <see cref="Flow"/> has all of it. What
/// is null was not sent.
/// </summary>
public readonly record struct FlowInfo
{
    /// <summary>The tuple of its first packet.</summary>
    public ConntrackTuple Original { get; init; }

    /// <summary>The tuple of the answers, which shows what was translated.</summary>
    public ConntrackTuple Reply { get; init; }

    /// <summary>What tells it from an earlier or later flow with the same tuple.</summary>
    public uint? Id { get; init; }

    /// <summary>The status bits.</summary>
    public FlowStatus? Status { get; init; }

    /// <summary>The connection mark.</summary>
    public uint? Mark { get; init; }

    /// <summary>How long until it is forgotten, in whole seconds; null for an offloaded flow.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>What went in the original direction, where the kernel counts.</summary>
    public FlowCounters? OriginalCounters { get; init; }

    /// <summary>What came back, where the kernel counts.</summary>
    public FlowCounters? ReplyCounters { get; init; }
}
