namespace VffNetlink;

/// <summary>Takes notifications as they come. A struct, so that nothing is allocated.</summary>
public interface IEventSink
{
    /// <summary>A notification; the view is valid during the call.</summary>
    void Event(scoped in NetlinkMessage message);

    /// <summary>
    /// The receive buffer overflowed and the kernel dropped notifications (ENOBUFS): what was known is stale, so dump again. It comes behind
    /// all notifications that are older than those that were lost; later ones follow.
    /// </summary>
    void Overrun();
}
