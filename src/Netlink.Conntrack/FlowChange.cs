using VffNetlink.Conntrack.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>
/// What is to change about a flow that is there. What is null stays as it is, also where another library would write a zero; the default value
/// changes nothing.
/// </summary>
/// <remarks>The translation and the master of a flow cannot be changed any more.</remarks>
public readonly record struct FlowChange
{
    /// <summary>Bits of the mark, and no other bits.</summary>
    public MaskedMark? Mark { get; init; }

    /// <summary>How long until the flow is forgotten from now on, in whole seconds (a part of one counts as one); the next packet sets it anew. The kernel refuses (EPERM) where <see cref="FlowStatus.FixedTimeout"/> is set.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// The status: bits can be set, and <see cref="FlowStatus.Expected"/>, <see cref="FlowStatus.Confirmed"/> (which is added here), <see cref="FlowStatus.Dying"/>,
    /// and <see cref="FlowStatus.SeenReply"/> and <see cref="FlowStatus.Assured"/> once they are set, have to be as they are (EBUSY). The kernel
    /// ignores the bits of translation and adjustment.
    /// </summary>
    public FlowStatus? Status { get; init; }

    /// <summary>Labels, and no other labels. The kernel refuses (ENOSPC) where the flow has no room for labels.</summary>
    public MaskedLabels? Labels { get; init; }

    /// <summary>The state of the TCP connection.</summary>
    public TcpTracking? Tcp { get; init; }

    /// <summary>The state of the SCTP association.</summary>
    public SctpTracking? Sctp { get; init; }

    /// <summary>The state of the DCCP connection.</summary>
    public DccpTracking? Dccp { get; init; }

    /// <summary>
    /// The helper that the flow has, with other information; or one with an empty name to take it away. The kernel refuses to give a flow a helper
    /// (EOPNOTSUPP) or another one (EBUSY).
    /// </summary>
    public FlowHelper? Helper { get; init; }

    /// <summary>How TCP sequence numbers of the original direction are adjusted; ignored where the flow has no room for it.</summary>
    public SequenceAdjustment? OriginalSequence { get; init; }

    /// <summary>How TCP sequence numbers of the answers are adjusted; ignored where the flow has no room for it.</summary>
    public SequenceAdjustment? ReplySequence { get; init; }

    /// <summary>What a SYN proxy keeps of the connection; ignored where the flow has no room for it.</summary>
    public SynProxyState? SynProxy { get; init; }

    /// <summary>Whether nothing changes.</summary>
    public bool IsEmpty => this == default;

    /// <summary>Puts everything that is not null behind a tuple.</summary>
    internal void Write(AttributeWriter<CTA> attributes)
    {
        if (Status is { } status)
            attributes.PutBigEndian(CTA.CTA_STATUS, (uint)(status | FlowStatus.Confirmed));
        if (Timeout is { } timeout)
            attributes.PutBigEndian(CTA.CTA_TIMEOUT, FlowRequest.Seconds(timeout));
        if (Mark is { } mark)
        {
            attributes.PutBigEndian(CTA.CTA_MARK, mark.Value);
            if (mark.Mask != uint.MaxValue)
                attributes.PutBigEndian(CTA.CTA_MARK_MASK, mark.Mask);
        }

        FlowRequest.PutTransport(attributes, Tcp, Sctp, Dccp);
        FlowRequest.PutExtensions(attributes, OriginalSequence, ReplySequence, SynProxy);
        if (Helper is { } helper)
            FlowRequest.PutHelper(attributes, helper);
        if (Labels is not { } labels)
            return;
        attributes.PutStruct(CTA.CTA_LABELS, labels.Value.Words);
        if (labels.Mask != ConntrackLabels.All)
            attributes.PutStruct(CTA.CTA_LABELS_MASK, labels.Mask.Words);
    }

    /// <summary>Such as <c>mark 0x5/0xffff, timeout 00:00:10</c>, for errors.</summary>
    public override string ToString()
    {
        var parts = new List<string>();
        Add("mark", Mark);
        Add("timeout", Timeout);
        Add("status", Status);
        Add("labels", Labels);
        Add("TCP", Tcp?.State);
        Add("SCTP", Sctp?.State);
        Add("DCCP", Dccp?.State);
        Add("original sequence", OriginalSequence);
        Add("reply sequence", ReplySequence);
        Add("SYN proxy", SynProxy);
        if (Helper is { } helper)
            parts.Add(helper.Name.Length == 0 ? "no helper" : $"helper {helper.Name}");
        return parts.Count == 0 ? "nothing" : string.Join(", ", parts);

        void Add<T>(string name, T? value)
            where T : struct
        {
            if (value is { } known)
                parts.Add($"{name} {known}");
        }
    }
}
