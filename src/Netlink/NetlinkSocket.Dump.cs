using System.Diagnostics.CodeAnalysis;

namespace VffNetlink;

/// <content>Questions that change nothing, so that they can be asked again.</content>
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
        var sink = new ListSink<T>([], parse);
        Dump(request, space, what, ref sink, empty, limit);
        return sink.List;
    }

    /// <summary>Dumps a table into a sink, which is told to forget what it has where the table has to be dumped again. Allocates nothing itself.</summary>
    /// <param name="request">The message, with <c>NLM_F_DUMP</c>; the rest is filled in.</param>
    /// <param name="space">Names for the attribute that an error points to; may be null.</param>
    /// <param name="what">The request for people: <c>RTM_GETLINK</c>.</param>
    /// <param name="sink">It must not use this socket.</param>
    /// <param name="empty">An error number that means that there is nothing to dump; 0: none does.</param>
    /// <param name="limit">How long all of it may take.</param>
    /// <exception cref="NetlinkException">The kernel refused, replies were lost, or the table changed during each dump (EINTR).</exception>
    /// <exception cref="NetlinkFormatException">The bytes make no sense.</exception>
    /// <exception cref="OperationCanceledException">The limit's token was cancelled.</exception>
    /// <exception cref="TimeoutException">It was not done in time.</exception>
    public void Dump<TSink>(scoped ReadOnlySpan<byte> request, AttributeSpace? space, string what, ref TSink sink, int empty = 0, WaitLimit limit = default)
        where TSink : struct, IDumpSink, allows ref struct
    {
        var patience = new Patience(limit);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var error = TryDump(request, space, ref sink, patience, out var interrupted);
                if (error.IsSuccess && !interrupted)
                    return;
                if (!error.IsSuccess && error.Number != empty)
                    throw new NetlinkException(error, what);
                if (!error.IsSuccess)
                {
                    sink.Begin(); // what had come is gone
                    return;
                }
            }
            catch (NetlinkFormatException cut) when (cut.IsTruncation && attempt < MaximumTries)
            {
                continue; // the buffer is as long now as that datagram was
            }

            if (attempt == MaximumTries)
                throw new NetlinkException(new NetlinkError(Errno.EINTR) { Message = $"the table changed during each of {MaximumTries} dumps" }, what);
        }
    }

    /// <summary>Asks for one object, and once more where the answer did not fit the buffer.</summary>
    /// <param name="request">The message; the rest is filled in.</param>
    /// <param name="space">Names for the attribute that an error points to; may be null.</param>
    /// <param name="parse">Makes the object of a message; null where the message is none.</param>
    /// <param name="found">The object.</param>
    /// <param name="error">The kernel's answer; ENOENT also where it acknowledged and told nothing.</param>
    /// <param name="limit">How long it may take.</param>
    /// <exception cref="NetlinkException">The answer was lost (ENOBUFS), or sending failed.</exception>
    /// <exception cref="NetlinkFormatException">The answer made no sense.</exception>
    /// <exception cref="OperationCanceledException">The limit's token was cancelled.</exception>
    /// <exception cref="TimeoutException">There was no answer in time.</exception>
    public bool TryGet<T>(
        scoped ReadOnlySpan<byte> request, AttributeSpace? space, MessageParser<T> parse, [NotNullWhen(true)] out T? found, out NetlinkError error, WaitLimit limit = default)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(parse);
        var patience = new Patience(limit);
        try
        {
            return TryGet(request, space, parse, out found, out error, patience);
        }
        catch (NetlinkFormatException cut) when (cut.IsTruncation)
        {
            return TryGet(request, space, parse, out found, out error, patience);
        }
    }

    /// <summary>One dump.</summary>
    private NetlinkError TryDump<TSink>(scoped ReadOnlySpan<byte> request, AttributeSpace? space, ref TSink sink, scoped in Patience patience, out bool interrupted)
        where TSink : struct, IDumpSink, allows ref struct
    {
        sink.Begin();
        using var replies = Exchange(request, space, patience);
        while (replies.MoveNext())
            sink.Take(replies.Current);
        interrupted = replies.Interrupted;
        return replies.Error;
    }

    private bool TryGet<T>(
        scoped ReadOnlySpan<byte> request, AttributeSpace? space, MessageParser<T> parse, [NotNullWhen(true)] out T? found, out NetlinkError error, scoped in Patience patience)
        where T : class
    {
        found = null;
        using var replies = Exchange(request, space, patience);
        while (replies.MoveNext())
            found = parse(replies.Current) ?? found;
        error = replies.Error.IsSuccess && found is null ? NothingTold : replies.Error;
        return error.IsSuccess && found is not null;
    }

    private static NetlinkError NothingTold => new(Errno.ENOENT) { Message = "the kernel acknowledged and told nothing" };

    private readonly struct ListSink<T>(List<T> list, MessageParser<T> parse) : IDumpSink
    {
        public List<T> List { get; } = list;

        public void Begin() => List.Clear();

        public void Take(scoped in NetlinkMessage message)
        {
            if (parse(message) is { } item)
                List.Add(item);
        }
    }
}
