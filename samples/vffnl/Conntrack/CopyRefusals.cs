using VffNetlink;
using VffNetlink.Conntrack;

namespace Vffnl.Conntrack;

/// <summary>Counts the flows that the target of a copy refused, by their errors, and keeps the first of each.</summary>
internal readonly struct CopyRefusals(SortedDictionary<int, (long Count, string First)> byError) : IFlowCopySink
{
    /// <inheritdoc/>
    public void Refused(Flow flow, in NetlinkError error)
    {
        var (count, first) = byError.GetValueOrDefault(error.Number);
        byError[error.Number] = (count + 1, first ?? $"{error} ({flow.Original})");
    }
}
