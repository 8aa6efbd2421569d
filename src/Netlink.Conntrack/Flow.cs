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

    /// <summary>
    /// The tuple of the answers, which shows what was translated; null for a new flow: the original one inverted, or what
    /// <see cref="SourceNat"/> and <see cref="DestinationNat"/> make of it.
    /// </summary>
    public ConntrackTuple? Reply { get; init; }

    /// <summary>What tells it from an earlier or later flow with the same tuple. Not taken when a flow is made.</summary>
    public uint? Id { get; init; }

    /// <summary>
    /// The status bits. A new flow takes those that say what was seen; the kernel itself sets those of translation, expectation and adjustment, for
    /// what else is given.
    /// </summary>
    public FlowStatus? Status { get; init; }

    /// <summary>The connection mark.</summary>
    public uint? Mark { get; init; }

    /// <summary>How long until it is forgotten, in whole seconds (a part of one counts as one); a new flow needs one. Null for an offloaded flow.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>What went in the original direction. Not taken when a flow is made.</summary>
    public FlowCounters? OriginalCounters { get; init; }

    /// <summary>What came back. Not taken when a flow is made.</summary>
    public FlowCounters? ReplyCounters { get; init; }

    /// <summary>When it began and ended. Not taken when a flow is made.</summary>
    public FlowTimestamps? Timestamps { get; init; }

    /// <summary>The state of the TCP connection.</summary>
    public TcpTracking? Tcp { get; init; }

    /// <summary>The state of the SCTP association.</summary>
    public SctpTracking? Sctp { get; init; }

    /// <summary>The state of the DCCP connection.</summary>
    public DccpTracking? Dccp { get; init; }

    /// <summary>The labels. A new flow takes them where a rule of its namespace uses labels, and loses them silently elsewhere.</summary>
    public ConntrackLabels? Labels { get; init; }

    /// <summary>
    /// The helper. A new flow takes one that the kernel has for its transport, without <see cref="FlowHelper.Info"/>, which a <see cref="FlowChange"/> can bring; null: the one that
    /// the kernel would choose, if any.
    /// </summary>
    public FlowHelper? Helper { get; init; }

    /// <summary>The original tuple of the flow that this one was expected by. A new flow needs that flow to be there.</summary>
    public ConntrackTuple? Master { get; init; }

    /// <summary>How TCP sequence numbers of the original direction are adjusted.</summary>
    public SequenceAdjustment? OriginalSequence { get; init; }

    /// <summary>How TCP sequence numbers of the answers are adjusted.</summary>
    public SequenceAdjustment? ReplySequence { get; init; }

    /// <summary>What a SYN proxy keeps of the connection.</summary>
    public SynProxyState? SynProxy { get; init; }

    /// <summary>The security context as the security module writes it. Not taken when a flow is made.</summary>
    public string? SecurityContext { get; init; }

    /// <summary>When an event happened, in nanoseconds since 1970 (Linux 6.14). Not taken when a flow is made.</summary>
    public ulong? EventTime { get; init; }

    /// <summary>
    /// What the source of a new flow is to be translated to. Never sent by the kernel: where it is null, and the status says that the source is
    /// translated, it is taken from <see cref="Reply"/>, so that a flow that was read can be made again.
    /// </summary>
    public NatRange? SourceNat { get; init; }

    /// <summary>What the destination of a new flow is to be translated to; otherwise as <see cref="SourceNat"/>.</summary>
    public NatRange? DestinationNat { get; init; }

    /// <summary>References that the kernel holds. Not taken when a flow is made.</summary>
    public uint? UseCount { get; init; }
}
