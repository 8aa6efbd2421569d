using VffNetlink.Route;
using VffNetlink.Uapi;

namespace VffNetlink.Tc;

/// <summary>
/// The qdiscs, classes and filters of a network namespace: make, replace, change, delete and get one, dump many. Safe to share between
/// threads, which take turns. Every verb comes twice: <c>Try…</c> returns the kernel's refusal and allocates nothing, whatever the answer; the
/// other form throws it. The same verbs are there for a <see cref="NetlinkBatch"/> (<see cref="TcBatch"/>).
/// </summary>
/// <remarks>
/// A success can carry a warning: <see cref="NetlinkError.Message"/> of the error that <c>Try…</c> hands out. The kernel's options of a kind are
/// not always what was asked: where it matters, read back what was made.
/// </remarks>
public sealed partial class TcClient : IDisposable
{
    private readonly NetlinkSocket _socket;
    private readonly WaitLimit _limit;
    private readonly bool _isView;

    /// <summary>A client on a socket of <see cref="NETLINK.NETLINK_ROUTE"/>, which it owns from now on.</summary>
    public TcClient(NetlinkSocket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        _socket = socket;
    }

    private TcClient(NetlinkSocket socket, WaitLimit limit)
    {
        _socket = socket;
        _limit = limit;
        _isView = true;
    }

    /// <summary>Opens a socket and a client on it.</summary>
    /// <param name="options">Namespace, buffers, time-out; null: the defaults.</param>
    /// <exception cref="NetlinkException">The namespace may not be entered.</exception>
    public static TcClient Open(NetlinkSocketOptions? options = null) => new(NetlinkSocket.Open(NETLINK.NETLINK_ROUTE, NetlinkSocketOptions.WithNames(options, TcCatalog.Messages)));

    /// <summary>
    /// This client with a limit to each request, dump and batch: <c>client.Within(cancellation).ListQdiscs()</c>,
    /// <c>client.Within(TimeSpan.FromSeconds(1))</c>.
    /// </summary>
    /// <param name="limit">In place of the one that this client has, if any.</param>
    /// <returns>Another view of this client, on its socket: it need not be disposed of, and is of use as long as this client is.</returns>
    /// <remarks>Verbs throw <see cref="TimeoutException"/> and <see cref="OperationCanceledException"/> then, also in their <c>Try</c> forms.</remarks>
    public TcClient Within(WaitLimit limit) => new(_socket, limit);

    /// <summary>Sends a batch of <see cref="TcBatch"/>'s operations and waits for the results.</summary>
    /// <param name="batch">It keeps its messages.</param>
    /// <exception cref="NetlinkException">Sending failed: none of the messages of that datagram, nor any behind it, was taken.</exception>
    public BatchResult Send(NetlinkBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return batch.Send(_socket, TcAttributes.Messages, _limit);
    }

    /// <summary>Sends a batch of <see cref="TcBatch"/>'s operations and hands each refusal to <paramref name="sink"/>.</summary>
    /// <param name="batch">It keeps its messages.</param>
    /// <param name="sink">Where refusals go, with the index of the operation.</param>
    /// <exception cref="NetlinkException">Sending failed: none of the messages of that datagram, nor any behind it, was taken.</exception>
    public BatchResult Send<TSink>(NetlinkBatch batch, ref TSink sink)
        where TSink : struct, IBatchSink, allows ref struct
    {
        ArgumentNullException.ThrowIfNull(batch);
        return batch.Send(_socket, ref sink, TcAttributes.Messages, _limit);
    }

    /// <summary>Sends one message that was made elsewhere, such as a <see cref="PreparedHtbClass"/>, and waits for the answer. Allocates nothing.</summary>
    /// <param name="message">Exactly one message; its sequence number and acknowledgement flag are filled in.</param>
    /// <param name="error">The kernel's answer. A success may carry a warning.</param>
    /// <exception cref="ArgumentException">It is not exactly one message.</exception>
    public bool TrySend(Span<byte> message, out NetlinkError error) => _socket.TryRequest(message, TcAttributes.Messages, _limit, out error);

    /// <summary>Closes the socket; of a view (<see cref="Within"/>) it does nothing.</summary>
    public void Dispose()
    {
        if (!_isView)
            _socket.Dispose();
    }

    private static NetlinkError NothingTold => new(Errno.ENOENT) { Message = "the kernel acknowledged and told nothing" };

    /// <summary>The refusal as an exception, which tells the link's name, too, where it has one.</summary>
    private NetlinkException Refused(in NetlinkError error, string request, int ifIndex) =>
        new(error, NameOf(ifIndex) is { } name ? request.Replace($"index {ifIndex}", $"index {ifIndex} ({name})", StringComparison.Ordinal) : request);

    private string? NameOf(int ifIndex)
    {
        try
        {
            return ifIndex > 0 ? new RouteClient(_socket).Within(_limit).FindLink(ifIndex)?.Name : null;
        }
        catch (Exception exception) when (exception is NetlinkException or NetlinkFormatException or TimeoutException or OperationCanceledException or ObjectDisposedException)
        {
            return null; // the refusal is what matters
        }
    }
}
