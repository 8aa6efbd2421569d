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

    /// <summary>
    /// What the tuple of the first packet must be. The kernel compares it from Linux 5.8 on, if the family is set; ports and IPv6
    /// addresses as <see cref="TupleFilter"/> says.
    /// </summary>
    public TupleFilter Original { get; init; }

    /// <summary>Whether a flow is wanted. A flow that was sent without its mark has the mark 0.</summary>
    /// <exception cref="NetlinkFormatException">The flow makes no sense.</exception>
    public bool Matches(scoped in FlowView flow) =>
        (Family == InetFamily.Unspecified || flow.Family == Family)
        && (Mark.Mask == 0 || Mark.Matches(flow.Mark ?? 0))
        && (Original.IsEmpty || Original.Matches(flow.Original));

    /// <summary>Such as <c>IPv4 mark 0x5/0xffff TCP *:* -> *:443</c>, for errors.</summary>
    public override string ToString()
    {
        var parts = new List<string>();
        if (Family != InetFamily.Unspecified)
            parts.Add($"{Family}");
        if (Mark.Mask != 0)
            parts.Add($"mark {Mark}");
        if (!Original.IsEmpty)
            parts.Add($"{Original}");
        return parts.Count == 0 ? "all flows" : string.Join(' ', parts);
    }
}
