namespace VffNetlink.Conntrack;

/// <summary>
/// A flow that may be kept: what connection tracking knows of it, or what it is to be made of. What is null was not sent, or is
/// not set: null and zero are two things.
/// </summary>
public sealed record Flow
{
    /// <summary>
    /// The tuple of its first packet. A flow is in one zone, which both of its tuples have, or only one of them has.
    /// </summary>
    public required ConntrackTuple Original { get; init; }

    /// <summary>The tuple of the answers, which shows what was translated; null for a new flow: the original one inverted.</summary>
    public ConntrackTuple? Reply { get; init; }

    /// <summary>What tells it from an earlier or later flow with the same tuple. Not taken when a flow is made.</summary>
    public uint? Id { get; init; }

    /// <summary>The status bits.</summary>
    public FlowStatus? Status { get; init; }

    /// <summary>The connection mark.</summary>
    public uint? Mark { get; init; }

    /// <summary>How long until it is forgotten, in whole seconds; a new flow needs one. Null for an offloaded flow.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>What went in the original direction. Not taken when a flow is made.</summary>
    public FlowCounters? OriginalCounters { get; init; }

    /// <summary>What came back. Not taken when a flow is made.</summary>
    public FlowCounters? ReplyCounters { get; init; }

    /// <summary>When it began and ended. Not taken when a flow is made.</summary>
    public FlowTimestamps? Timestamps { get; init; }

    /// <summary>The state of the TCP connection.</summary>
    public TcpTracking? Tcp { get; init; }

    /// <summary>References that the kernel holds. Not taken when a flow is made.</summary>
    public uint? UseCount { get; init; }
}
