namespace VffNetlink;

/// <summary>Takes what a batch brings back, message by message. A struct, so that nothing is allocated.</summary>
public interface IBatchSink
{
    /// <summary>An object that answers the message at <paramref name="index"/>; the view is valid during the call.</summary>
    void Reply(int index, scoped in NetlinkMessage message);

    /// <summary>The kernel refused the message at <paramref name="index"/>.</summary>
    void Refused(int index, in NetlinkError error);
}
