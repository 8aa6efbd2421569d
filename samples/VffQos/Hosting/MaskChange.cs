using VffNetlink.Conntrack;

namespace VffQos.Hosting;

/// <summary>
/// Connections' marks on their way from one mask to another. The state is told at each point under which masks marks may be borne, so that a
/// death on the way loses none.
/// </summary>
/// <param name="mask">The mask to come.</param>
/// <param name="former">Those there may be; none where nothing changes.</param>
internal sealed class MaskChange(uint mask, IReadOnlyList<uint> former)
{
    private readonly List<(ConntrackTuple Tuple, uint Mark)> _flows = [];
    private readonly uint _former = former.Aggregate(0u, static (bits, one) => bits | one);

    /// <summary>How many connections move.</summary>
    public int Count => _flows.Count;

    /// <summary>The masks under which marks are borne until <see cref="Before"/> is carried out.</summary>
    public IReadOnlyList<uint> MasksBefore => former.Count == 0 ? [mask] : Overlaps ? former : [.. former, mask];

    /// <summary>From then on until <see cref="After"/> is.</summary>
    public IReadOnlyList<uint> MasksBetween => Overlaps ? [mask] : MasksBefore;

    /// <summary>What is done while the look-ups are still the former ones.</summary>
    public IEnumerable<(ConntrackTuple Tuple, MaskedMark Mark)> Before =>
        Overlaps ? _flows.Select(flow => (flow.Tuple, new MaskedMark(0, _former))) : _flows.Select(flow => (flow.Tuple, new MaskedMark(flow.Mark, mask)));

    /// <summary>What is done when they are the new ones.</summary>
    public IEnumerable<(ConntrackTuple Tuple, MaskedMark Mark)> After =>
        Overlaps ? _flows.Select(flow => (flow.Tuple, new MaskedMark(flow.Mark, mask))) : _flows.Select(flow => (flow.Tuple, new MaskedMark(0, _former)));

    /// <summary>With a shared bit a mark under one mask would be another user's under the other: then a connection bears none in between.</summary>
    private bool Overlaps => (_former & mask) != 0;

    /// <summary>A connection moves.</summary>
    /// <param name="tuple">Which.</param>
    /// <param name="mark">Its mark to come; 0: none.</param>
    public void Add(in ConntrackTuple tuple, uint mark) => _flows.Add((tuple, mark));
}
