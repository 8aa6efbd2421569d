using System.Net.Sockets;
using System.Runtime.CompilerServices;
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
    private readonly WaitLimit _limit;
    private readonly bool _isView;

    /// <summary>A client on a socket of NETLINK_ROUTE, which it owns from now on.</summary>
    public RouteClient(NetlinkSocket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        _socket = socket;
    }

    private RouteClient(NetlinkSocket socket, WaitLimit limit)
    {
        _socket = socket;
        _limit = limit;
        _isView = true;
    }

    /// <summary>A client with a socket of its own.</summary>
    /// <exception cref="NetlinkException">The namespace may not be entered.</exception>
    public static RouteClient Open(NetlinkSocketOptions? options = null) => new(NetlinkSocket.Open(NETLINK.NETLINK_ROUTE, NetlinkSocketOptions.WithNames(options, RouteCatalog.Messages)));

    /// <summary>
    /// This client with a limit to each request, dump and batch: <c>client.Within(cancellation).GetLinks()</c>,
    /// <c>client.Within(TimeSpan.FromSeconds(1))</c>. A verb that makes several requests has it for each.
    /// </summary>
    /// <param name="limit">In place of the one that this client has, if any.</param>
    /// <returns>Another view of this client, on its socket: it need not be disposed of, and is of use as long as this client is.</returns>
    /// <remarks>Verbs throw <see cref="TimeoutException"/> and <see cref="OperationCanceledException"/> then, also in their <c>Try</c> forms.</remarks>
    public RouteClient Within(WaitLimit limit) => new(_socket, limit);

    /// <summary>Sends a batch of <see cref="RouteBatch"/>'s operations and waits for the results.</summary>
    /// <param name="batch">It keeps its messages.</param>
    /// <exception cref="NetlinkException">Sending failed: none of the messages of that datagram, nor any behind it, was taken.</exception>
    public BatchResult Send(NetlinkBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return batch.Send(_socket, limit: _limit);
    }

    /// <summary>Sends a batch of <see cref="RouteBatch"/>'s operations and hands each reply and refusal to <paramref name="sink"/>.</summary>
    /// <param name="batch">It keeps its messages.</param>
    /// <param name="sink">Where they go, with the index of the operation.</param>
    /// <exception cref="NetlinkException">Sending failed: none of the messages of that datagram, nor any behind it, was taken.</exception>
    public BatchResult Send<TSink>(NetlinkBatch batch, ref TSink sink)
        where TSink : struct, IBatchSink, allows ref struct
    {
        ArgumentNullException.ThrowIfNull(batch);
        return batch.Send(_socket, ref sink, SpaceOf, _limit);
    }

    /// <summary>Closes the socket; of a view (<see cref="Within"/>) it does nothing.</summary>
    public void Dispose()
    {
        if (!_isView)
            _socket.Dispose();
    }

    /// <summary>The refusal as an exception, which tells the link's name, too, where it has one.</summary>
    private NetlinkException Refused(in NetlinkError error, string request, int index) =>
        new(error, NameOf(index) is { } name ? request.Replace($"index {index}", $"index {index} ({name})", StringComparison.Ordinal) : request);

    private string? NameOf(int index)
    {
        try
        {
            return index > 0 ? FindLink(index)?.Name : null;
        }
        catch (Exception exception) when (exception is NetlinkException or NetlinkFormatException or TimeoutException or OperationCanceledException or ObjectDisposedException)
        {
            return null; // the refusal is what matters
        }
    }

    /// <summary>The names in a message, whatever it is about.</summary>
    private static Func<ushort, AttributeSpace?> SpaceOf { get; } = static type => RouteCatalog.Messages.SpaceOf(NETLINK.NETLINK_ROUTE, type);

    private static byte NumberOf(AddressFamily family) => family switch
    {
        AddressFamily.InterNetwork => (byte)InetFamily.IPv4,
        AddressFamily.InterNetworkV6 => (byte)InetFamily.IPv6,
        _ => throw new ArgumentOutOfRangeException(nameof(family), family, "IPv4 and IPv6 only."),
    };

    private static InetFamily FamilyOf(AddressFamily family) => (InetFamily)NumberOf(family);

    [SkipLocalsInit]
    private bool TrySend<T>(RTM type, NLM_F flags, T item, out NetlinkError error)
        where T : class, IRouteObject
    {
        ArgumentNullException.ThrowIfNull(item);
        using var buffer = new RequestBuffer(stackalloc byte[RequestBuffer.OnStack], item.Room);
        var message = MessageWriter.Begin(buffer.Span, (ushort)type, flags);
        item.Write(message);
        return _socket.TryRequest(message.Message, T.Space, _limit, out error);
    }

    /// <summary>Sends a request and hands what answers it to a sink.</summary>
    private bool TryDump<TView, TSink>(scoped ReadOnlySpan<byte> request, AttributeSpace space, ref TSink sink, out NetlinkError error)
        where TView : struct, IRouteView<TView>, allows ref struct
        where TSink : struct, IViewSink<TView>, allows ref struct
    {
        using var replies = _socket.Exchange(request, space, _limit);
        while (replies.MoveNext())
        {
            if (TView.TryRead(replies.Current, out var view))
                sink.Take(view);
        }

        error = replies.Outcome;
        return error.IsSuccess;
    }
}
