namespace VffNetlink.Nftables;

/// <summary>Takes what a transaction brings back of messages with <c>NLM_F_ECHO</c>: the objects as they are now, with their handles. A struct, so that nothing is allocated.</summary>
public interface INftReplySink
{
    /// <summary>What became of the message at <paramref name="index"/>; the view is valid during the call. -1: the transaction's generation.</summary>
    void Reply(int index, scoped in NetlinkMessage message);
}
