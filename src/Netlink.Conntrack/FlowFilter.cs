using VffNetlink.Conntrack.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>
/// Which flows are wanted. All conditions must hold; the default value wants every flow. The kernel is asked to leave the others
/// out as far as it can, and what it sends is compared again, so that the result is the same on every kernel.
/// </summary>
public readonly record struct FlowFilter
{
    /// <summary>The family; <see cref="InetFamily.Unspecified"/> for both.</summary>
    public InetFamily Family { get; init; }

    /// <summary>Bits that the connection mark must have.</summary>
    public MaskedMark Mark { get; init; }

    /// <summary>Bits that the status must have. The kernel compares them from Linux 5.15 on (<see cref="ConntrackClient.FiltersStatusInKernel"/>).</summary>
    public MaskedStatus Status { get; init; }

    /// <summary>
    /// The zone, of both directions or of one; 0: in none; null: any. The kernel compares it from Linux 6.8 on
    /// (<see cref="ConntrackClient.FiltersZonesInKernel"/>).
    /// </summary>
    public ushort? Zone { get; init; }

    /// <summary>
    /// What the tuple of the first packet must be. The kernel compares it from Linux 5.8 on, if the family is set; ports and IPv6
    /// addresses as <see cref="TupleFilter"/> says.
    /// </summary>
    public TupleFilter Original { get; init; }

    /// <summary>What the tuple of the answers must be; otherwise as <see cref="Original"/>.</summary>
    public TupleFilter Reply { get; init; }

    /// <summary>Labels that a flow must have or lack. No kernel compares them; a flow that was sent without labels has none.</summary>
    public MaskedLabels Labels { get; init; }

    /// <summary>The id. No kernel looks for it: where the tuple is known, too, <see cref="ConntrackClient.TryGet"/> costs no dump.</summary>
    public uint? Id { get; init; }

    /// <summary>Whether every flow is wanted.</summary>
    public bool IsEmpty => Family == InetFamily.Unspecified && Mark.Mask == 0 && Status.Mask == 0 && Zone is null && !HasTuples && !HasOursAlone;

    /// <summary>Whether a flow is wanted. A flow that was sent without its mark has the mark 0.</summary>
    /// <exception cref="NetlinkFormatException">The flow makes no sense.</exception>
    public bool Matches(scoped in FlowView flow) =>
        (Family == InetFamily.Unspecified || flow.Family == Family)
        && (Mark.Mask == 0 || Mark.Matches(flow.Mark ?? 0))
        && (Status.Mask == 0 || Status.Matches(flow.Status ?? 0))
        && (Zone is not { } zone || zone == ZoneOf(flow))
        && (Id is not { } id || flow.Id == id)
        && (Labels.Mask == default || Labels.Matches(flow.Labels ?? default))
        && (Original.IsEmpty || Original.Matches(flow.Original))
        && (Reply.IsEmpty || Reply.Matches(flow.Reply));

    /// <summary>Such as <c>IPv4 mark 0x5/0xffff TCP *:* -> *:443</c>, for errors.</summary>
    public override string ToString()
    {
        var parts = new List<string>();
        if (Family != InetFamily.Unspecified)
            parts.Add($"{Family}");
        if (Mark.Mask != 0)
            parts.Add($"mark {Mark}");
        if (Status.Mask != 0)
            parts.Add($"status {Status}");
        if (Zone is { } zone)
            parts.Add($"zone {zone}");
        if (Labels.Mask != default)
            parts.Add($"labels {Labels}");
        if (Id is { } id)
            parts.Add($"id {id}");
        if (!Original.IsEmpty)
            parts.Add($"{Original}");
        if (!Reply.IsEmpty)
            parts.Add($"reply {Reply}");
        return parts.Count == 0 ? "all flows" : string.Join(' ', parts);
    }

    /// <summary>A flow's zone, also where it is that of one direction alone.</summary>
    internal static ushort ZoneOf(scoped in FlowView flow) => flow.Zone ?? Math.Max(flow.Original.Zone, flow.Reply.Zone);

    /// <summary>Whether tuples are among the conditions.</summary>
    internal bool HasTuples => !Original.IsEmpty || !Reply.IsEmpty;

    /// <summary>Whether there are conditions that no kernel compares.</summary>
    private bool HasOursAlone => Labels.Mask != default || Id is not null;

    /// <summary>Whether a kernel that knows every filter leaves out all that is not wanted, so that nothing needs to be compared again.</summary>
    internal bool IsKernelsAlone => !HasOursAlone && (!HasTuples || Family != InetFamily.Unspecified) && Original.IsKernelsAlone(Family) && Reply.IsKernelsAlone(Family);

    /// <summary>Puts what the kernel can compare.</summary>
    internal void Write(AttributeWriter<CTA> attributes)
    {
        var original = Original.KernelFlags(Family);
        var reply = Reply.KernelFlags(Family);
        if (Mark.Mask != 0)
        {
            attributes.PutBigEndian(CTA.CTA_MARK, Mark.Value);
            attributes.PutBigEndian(CTA.CTA_MARK_MASK, Mark.Mask);
        }

        if (original != default)
            Original.Write(attributes, CTA.CTA_TUPLE_ORIG, original);
        if (reply != default)
            Reply.Write(attributes, CTA.CTA_TUPLE_REPLY, reply);
        if (Status.Mask != 0)
        {
            attributes.PutBigEndian(CTA.CTA_STATUS, (uint)Status.Value);
            attributes.PutBigEndian(CTA.CTA_STATUS_MASK, (uint)Status.Mask);
        }

        if (Zone is { } zone)
            attributes.PutBigEndian(CTA.CTA_ZONE, zone);
        if (original == default && reply == default)
            return;
        using var parts = attributes.NestFlagged<CTA_FILTER>(CTA.CTA_FILTER);
        if (original != default)
            parts.Put(CTA_FILTER.CTA_FILTER_ORIG_FLAGS, (uint)original);
        if (reply != default)
            parts.Put(CTA_FILTER.CTA_FILTER_REPLY_FLAGS, (uint)reply);
    }
}
