using VffNetlink.Conntrack;

namespace VffQos.Flows;

/// <summary>What the flow engine asks of conntrack: the seam below which tests put a table of their own.</summary>
/// <remarks>Either throws what the kernel refused when it has noted all answers that there were.</remarks>
internal interface IFlowKernel
{
    /// <summary>Looks tuples up, many in one go.</summary>
    /// <param name="tuples">Of the original direction.</param>
    /// <param name="found">The answers, at the same indexes; what has none stays as it is.</param>
    /// <exception cref="VffNetlink.NetlinkException">The kernel refused some for another reason than that there is no such entry.</exception>
    void Find(ReadOnlySpan<ConntrackTuple> tuples, Span<FoundFlow> found);

    /// <summary>Sets our bits of marks, many in one go.</summary>
    /// <param name="tuples">Of the original direction.</param>
    /// <param name="marks">Our bits, at the same indexes.</param>
    /// <param name="results">What became of it, at the same indexes.</param>
    /// <exception cref="VffNetlink.NetlinkException">As with <see cref="Find"/>.</exception>
    void Mark(ReadOnlySpan<ConntrackTuple> tuples, ReadOnlySpan<uint> marks, Span<FlowPresence> results);
}
