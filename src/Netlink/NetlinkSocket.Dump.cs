namespace VffNetlink;

public sealed partial class NetlinkSocket
{
    private const int MaximumTries = 8;

    /// <summary>
    /// Dumps a table: asks again, a bounded number of times, where the table changed meanwhile (<c>NLM_F_DUMP_INTR</c>) or a datagram did not
    /// fit the buffer, so that what is returned is whole.
    /// </summary>
    /// <param name="request">The message, with <c>NLM_F_DUMP</c>; the rest is filled in.</param>
    /// <param name="space">Names for the attribute that an error points to; may be null.</param>
    /// <param name="what">The request for people: <c>RTM_GETLINK</c>.</param>
    /// <param name="parse">Makes an object of each message.</param>
    /// <param name="empty">An error number that means that there is nothing to dump; 0: none does.</param>
    /// <param name="limit">How long all of it may take.</param>
    /// <exception cref="NetlinkException">The kernel refused, replies were lost, or the table changed during each dump (EINTR).</exception>
    /// <exception cref="NetlinkFormatException">The bytes make no sense.</exception>
    /// <exception cref="OperationCanceledException">The limit's token was cancelled.</exception>
    /// <exception cref="TimeoutException">It was not done in time.</exception>
    public List<T> Dump<T>(scoped ReadOnlySpan<byte> request, AttributeSpace? space, string what, MessageParser<T> parse, int empty = 0, WaitLimit limit = default)
    {
        ArgumentNullException.ThrowIfNull(parse);
        var patience = new Patience(limit);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (TryDump(request, space, what, parse, empty, patience) is { } list)
                    return list;
            }
            catch (NetlinkFormatException cut) when (cut.IsTruncation && attempt < MaximumTries)
            {
                continue; // the buffer is as long now as that datagram was
            }

            if (attempt == MaximumTries)
                throw new NetlinkException(new NetlinkError(Errno.EINTR) { Message = $"the table changed during each of {MaximumTries} dumps" }, what);
        }
    }

    /// <summary>One dump; null where it was interrupted.</summary>
    private List<T>? TryDump<T>(scoped ReadOnlySpan<byte> request, AttributeSpace? space, string what, MessageParser<T> parse, int empty, scoped in Patience patience)
    {
        var list = new List<T>();
        using var replies = Exchange(request, space, patience);
        while (replies.MoveNext())
        {
            if (parse(replies.Current) is { } item)
                list.Add(item);
        }

        if (replies.Error.Number != 0 && replies.Error.Number != empty)
            throw new NetlinkException(replies.Error, what);
        return replies.Interrupted ? null : list;
    }
}
