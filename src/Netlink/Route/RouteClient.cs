using System.Net.Sockets;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>
/// Links, addresses, routes, neighbours, routing rules and numbers of namespaces (rtnetlink), as one network namespace has them. Safe to share
/// between threads, which take turns. Verbs that may be refused in daily life have a <c>Try</c> form; the others throw
/// <see cref="NetlinkException"/>. The same verbs are there for a <see cref="NetlinkBatch"/> (<see cref="RouteBatch"/>).
/// </summary>
public sealed partial class RouteClient : IDisposable
{
    private readonly NetlinkSocket _socket;

    /// <summary>A client on a socket of NETLINK_ROUTE, which it owns from now on.</summary>
    public RouteClient(NetlinkSocket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        _socket = socket;
    }

    /// <summary>A client with a socket of its own.</summary>
    /// <exception cref="NetlinkException">The namespace may not be entered.</exception>
    public static RouteClient Open(NetlinkSocketOptions? options = null) => new(NetlinkSocket.Open(NETLINK.NETLINK_ROUTE, NetlinkSocketOptions.WithNames(options, RouteCatalog.Messages)));

    /// <summary>Sends a batch of <see cref="RouteBatch"/>'s operations and waits for the results.</summary>
    /// <param name="batch">It keeps its messages.</param>
    /// <exception cref="NetlinkException">Sending failed: none of the messages of that datagram, nor any behind it, was taken.</exception>
    public BatchResult Send(NetlinkBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return batch.Send(_socket);
    }

    /// <summary>Sends a batch of <see cref="RouteBatch"/>'s operations and hands each reply and refusal to <paramref name="sink"/>.</summary>
    /// <param name="batch">It keeps its messages.</param>
    /// <param name="sink">Where they go, with the index of the operation.</param>
    /// <param name="space">
    /// Names for the attributes that errors point to, where all operations are about one kind of object; null: errors tell offsets.
    /// </param>
    /// <exception cref="NetlinkException">Sending failed: none of the messages of that datagram, nor any behind it, was taken.</exception>
    public BatchResult Send<TSink>(NetlinkBatch batch, ref TSink sink, AttributeSpace? space = null)
        where TSink : struct, IBatchSink, allows ref struct
    {
        ArgumentNullException.ThrowIfNull(batch);
        return batch.Send(_socket, ref sink, space);
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private static byte NumberOf(AddressFamily family) => family switch
    {
        AddressFamily.InterNetwork => (byte)InetFamily.IPv4,
        AddressFamily.InterNetworkV6 => (byte)InetFamily.IPv6,
        _ => throw new ArgumentOutOfRangeException(nameof(family), family, "IPv4 and IPv6 only."),
    };

    private static InetFamily FamilyOf(AddressFamily family) => (InetFamily)NumberOf(family);

    /// <summary>Sends a request and hands what answers it to a sink.</summary>
    private bool TryDump<TView, TSink>(scoped ReadOnlySpan<byte> request, AttributeSpace space, ref TSink sink, out NetlinkError error)
        where TView : struct, IRouteView<TView>, allows ref struct
        where TSink : struct, IViewSink<TView>, allows ref struct
    {
        using var replies = _socket.Exchange(request, space);
        while (replies.MoveNext())
        {
            if (TView.TryRead(replies.Current, out var view))
                sink.Take(view);
        }

        error = replies.Error.IsSuccess && replies.Interrupted
            ? new NetlinkError(Errno.EINTR) { Message = "the table changed while it was dumped" }
            : replies.Error;
        return error.IsSuccess;
    }
}
