namespace VffNetlink.Conntrack;

/// <summary>Takes what happens to flows. A struct, so that nothing is allocated.</summary>
public interface IFlowEventSink
{
    /// <summary>Something happened to a flow. The view is valid during the call and has what the kernel reports with this kind of event.</summary>
    void Flow(FlowEventKind kind, scoped in FlowView flow);

    /// <summary>Events were lost: what was known is stale, so dump the table again. Later events follow.</summary>
    void Overrun();
}
