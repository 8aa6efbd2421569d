using VffNetlink.Conntrack;

namespace VffQos.Flows;

/// <summary>What the flow engine asks of conntrack: the seam below which tests put a table of their own.</summary>
internal interface IFlowKernel
{
    /// <summary>Looks tuples up, many in one go.</summary>
    /// <param name="tuples">Of the original direction.</param>
    /// <param name="found">The answers, at the same indexes.</param>
    void Find(ReadOnlySpan<ConntrackTuple> tuples, Span<FoundFlow> found);

    /// <summary>Sets our bits of marks, many in one go.</summary>
    /// <param name="tuples">Of the original direction.</param>
    /// <param name="marks">Our bits, at the same indexes.</param>
    /// <param name="done">Whether there was such an entry, at the same indexes.</param>
    void Mark(ReadOnlySpan<ConntrackTuple> tuples, ReadOnlySpan<uint> marks, Span<bool> done);
}
