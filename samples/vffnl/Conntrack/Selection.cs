using VffNetlink.Conntrack;

namespace Vffnl.Conntrack;

/// <summary>Which flows a command is about.</summary>
/// <param name="Filter">What they must be.</param>
/// <param name="Tuple">The whole tuple of one flow, which the kernel finds without looking at the others; null where the conditions do not name one.</param>
internal sealed record Selection(FlowFilter Filter, ConntrackTuple? Tuple);
