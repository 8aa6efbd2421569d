using VffNetlink.Nftables.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Nftables;

/// <summary>
/// The nf_tables of one network namespace. All changes go through <see cref="NftTransaction"/>. Safe to share between threads, which take
/// turns. Verbs that may be refused in daily life have a <c>Try</c> form; the others throw <see cref="NetlinkException"/>.
/// </summary>
public sealed partial class NftClient : IDisposable
{
    /// <summary>Header, and up to three names of 255 bytes with what surrounds them, and a key.</summary>
    private const int RequestRoom = 1280;

    private readonly NetlinkSocket _socket;
    private readonly WaitLimit _limit;
    private readonly bool _isView;

    /// <summary>A client on a socket of NETLINK_NETFILTER, which it owns from now on.</summary>
    public NftClient(NetlinkSocket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        _socket = socket;
    }

    private NftClient(NetlinkSocket socket, WaitLimit limit)
    {
        _socket = socket;
        _limit = limit;
        _isView = true;
    }

    /// <summary>A client with a socket of its own.</summary>
    /// <param name="options">Namespace and buffers; the send buffer is raised by itself where a transaction needs it and it is allowed.</param>
    /// <exception cref="NetlinkException">The namespace may not be entered, or the kernel lacks netfilter (EPROTONOSUPPORT).</exception>
    public static NftClient Open(NetlinkSocketOptions? options = null) => new(NetlinkSocket.Open(NETLINK.NETLINK_NETFILTER, NetlinkSocketOptions.WithNames(options, NftCatalog.Messages)));

    /// <summary>
    /// This client with a limit to each request, dump and transaction: <c>client.Within(cancellation).GetRules()</c>,
    /// <c>client.Within(TimeSpan.FromSeconds(1))</c>.
    /// </summary>
    /// <param name="limit">In place of the one that this client has, if any. A transaction that was sent is not waited for, nor taken back.</param>
    /// <returns>Another view of this client, on its socket: it need not be disposed of, and is of use as long as this client is.</returns>
    /// <remarks>Verbs throw <see cref="TimeoutException"/> and <see cref="OperationCanceledException"/> then, also in their <c>Try</c> forms.</remarks>
    public NftClient Within(WaitLimit limit) => new(_socket, limit);

    /// <summary>Has the kernel carry out a transaction. Allocates nothing, also where it is refused as it was refused before.</summary>
    /// <param name="transaction">It keeps its messages, and has the refusals in <see cref="NftTransaction.Refusals"/>.</param>
    /// <param name="error">The first refusal; ENOBUFS where the answer was lost, so that it is not known whether all was carried out or nothing.</param>
    /// <returns>Whether everything was carried out; if not, nothing was.</returns>
    /// <remarks>
    /// A refusal is dear: before it answers the kernel waits until no packet can still see what it takes back (an RCU grace period, some
    /// 15 ms). Whoever expects an element to be there already adds it without insisting (<see cref="NftTransaction.AddElement"/>).
    /// </remarks>
    /// <exception cref="InvalidOperationException">A message of it was left half built. Nothing was sent.</exception>
    /// <exception cref="NetlinkException">
    /// Nothing was carried out: it is too long for the socket, and the send buffer may not be raised (EMSGSIZE); or it could not be sent.
    /// </exception>
    /// <exception cref="NetlinkFormatException">The answer made no sense: it is not known whether all was carried out or nothing.</exception>
    public bool TryCommit(NftTransaction transaction, out NetlinkError error)
    {
        var ignore = default(NoReplies);
        return TryCommit(transaction, ref ignore, out error);
    }

    /// <summary>Has the kernel carry out a transaction, and takes what its messages with <c>NLM_F_ECHO</c> bring back.</summary>
    /// <inheritdoc cref="TryCommit(NftTransaction, out NetlinkError)"/>
    public bool TryCommit<TSink>(NftTransaction transaction, ref TSink replies, out NetlinkError error)
        where TSink : struct, INftReplySink
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var result = transaction.Send(_socket, ref replies, _limit);
        error = result.IsSuccess ? default
            : result.Refused > 0 ? transaction.Refusals[0].Error
            : new NetlinkError(Errno.ENOBUFS);
        return result.IsSuccess;
    }

    /// <summary>Has the kernel carry out a transaction.</summary>
    /// <exception cref="NetlinkException">
    /// The kernel refused; the text names the first refused message. Nothing was carried out, unless the error is ENOBUFS: then the answer was lost.
    /// </exception>
    /// <exception cref="InvalidOperationException">A message of it was left half built. Nothing was sent.</exception>
    /// <exception cref="NetlinkFormatException">The answer made no sense: it is not known whether all was carried out or nothing.</exception>
    public void Commit(NftTransaction transaction)
    {
        if (TryCommit(transaction, out var error))
            return;
        var what = $"nf_tables transaction of {transaction.Count} messages";
        if (transaction.Refusals is [{ Message: >= 0 } first, ..])
        {
            what = transaction.Describe(first.Message)
                + (first.Element < 0 ? "" : $", element {first.Element}")
                + (transaction.Refusals.Count == 1 ? "" : $" (and {transaction.Refusals.Count - 1} more messages of the transaction)");
        }

        throw new NetlinkException(error, what);
    }

    /// <summary>The ruleset's generation now.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public NftGeneration GetGeneration()
    {
        Span<byte> buffer = stackalloc byte[64];
        var message = BeginGet(buffer, NFT_MSG.NFT_MSG_GETGEN, dump: false);
        message.PutHeader<nfgenmsg, NFTA_GEN>(default);
        var generation = default(NftGeneration);
        using var replies = _socket.Exchange(message.Message, NftSpaces.Generation, _limit);
        while (replies.MoveNext())
            generation = NftGeneration.Read(replies.Current);
        return replies.Error.IsSuccess ? generation : throw new NetlinkException(replies.Error, nameof(NFT_MSG.NFT_MSG_GETGEN));
    }

    /// <summary>Closes the socket; of a view (<see cref="Within"/>) it does nothing.</summary>
    public void Dispose()
    {
        if (!_isView)
            _socket.Dispose();
    }

    private static MessageWriter BeginGet(Span<byte> buffer, NFT_MSG type, bool dump) =>
        MessageWriter.Begin(buffer, (ushort)(((int)NFNL_SUBSYS.NFNL_SUBSYS_NFTABLES << 8) | (int)type), dump ? NLM_F.NLM_F_DUMP : NLM_F.NONE);

    private readonly struct NoReplies : INftReplySink
    {
        public void Reply(int index, scoped in NetlinkMessage message)
        {
        }
    }
}
