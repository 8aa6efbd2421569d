namespace VffNetlink.Conntrack;

/// <summary>Takes what happens to expectations. A struct, so that nothing is allocated.</summary>
public interface IExpectationEventSink
{
    /// <summary>Something happened to an expectation. The view is valid during the call.</summary>
    void Expectation(ExpectationEventKind kind, scoped in ExpectationView expectation);

    /// <summary>Events were lost: what was known is stale, so dump the expectations again. Later events follow.</summary>
    void Overrun();
}
