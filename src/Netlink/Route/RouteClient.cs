using System.Net.Sockets;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>
/// Links, addresses and routes of one network namespace (rtnetlink). Safe to share between threads. Verbs that may be refused
/// in daily life have a <c>Try</c> form; the others throw <see cref="NetlinkException"/>.
/// </summary>
public sealed partial class RouteClient : IDisposable
{
    private const int MaximumTries = 8;

    private readonly NetlinkSocket _socket;

    /// <summary>A client on a socket of NETLINK_ROUTE, which it owns from now on.</summary>
    public RouteClient(NetlinkSocket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        _socket = socket;
    }

    private delegate T? Reader<T>(scoped in NetlinkMessage message);

    /// <summary>A client with a socket of its own.</summary>
    /// <exception cref="NetlinkException">The namespace may not be entered.</exception>
    public static RouteClient Open(NetlinkSocketOptions? options = null) => new(NetlinkSocket.Open(NETLINK.NETLINK_ROUTE, options));

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private static byte NumberOf(AddressFamily family) => family switch
    {
        AddressFamily.InterNetwork => (byte)InetFamily.IPv4,
        AddressFamily.InterNetworkV6 => (byte)InetFamily.IPv6,
        _ => throw new ArgumentOutOfRangeException(nameof(family), family, "IPv4 and IPv6 only."),
    };

    /// <summary>Sends a dump request until a dump comes back whole.</summary>
    /// <param name="request">Of what.</param>
    /// <param name="space">Its names.</param>
    /// <param name="what">The request for people.</param>
    /// <param name="read">From a message to an object; null leaves it out.</param>
    /// <param name="none">The error number that means that there is nothing to dump.</param>
    private List<T> Dump<T>(ReadOnlySpan<byte> request, AttributeSpace space, string what, Reader<T> read, int none = 0)
        where T : class
    {
        for (var attempt = 1; ; attempt++)
        {
            var list = new List<T>();
            using var replies = _socket.Exchange(request, space);
            while (replies.MoveNext())
            {
                if (read(replies.Current) is { } item)
                    list.Add(item);
            }

            if (replies.Error.Number != 0 && replies.Error.Number != none)
                throw new NetlinkException(replies.Error, what);
            if (!replies.Interrupted)
                return list;
            if (attempt == MaximumTries)
                throw new NetlinkException(new NetlinkError(Errno.EINTR) { Message = $"the table changed during each of {MaximumTries} dumps" }, what);
        }
    }
}
