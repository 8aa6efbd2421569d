using VffNetlink.Conntrack;
using Vffnl.Output;

namespace Vffnl.Conntrack;

/// <summary>Tells each flow as it comes, and keeps none.</summary>
internal readonly struct FlowTeller(Report report) : IFlowSink
{
    /// <inheritdoc/>
    public void Flow(scoped in FlowView flow)
    {
        report.BeginObject();
        FlowFields.Write(report, flow);
        report.EndObject();
        report.Flush();
    }
}
