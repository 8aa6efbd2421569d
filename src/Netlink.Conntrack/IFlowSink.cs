namespace VffNetlink.Conntrack;

/// <summary>Takes the flows of a dump one by one. A struct, so that nothing is allocated.</summary>
public interface IFlowSink
{
    /// <summary>A flow; the view is valid during the call, which must not use the client that dumps.</summary>
    void Flow(scoped in FlowView flow);
}
