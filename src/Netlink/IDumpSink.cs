namespace VffNetlink;

/// <summary>Takes what a dump brings, message by message. A struct, so that nothing is allocated.</summary>
public interface IDumpSink
{
    /// <summary>The dump begins, for the first time or again: what an earlier attempt brought does not count.</summary>
    void Begin();

    /// <summary>A message of the dump; the view is valid during the call.</summary>
    void Take(scoped in NetlinkMessage message);
}
