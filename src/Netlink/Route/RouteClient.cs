using System.Net.Sockets;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>
/// Links, addresses and routes of one network namespace (rtnetlink). Safe to share between threads. Verbs that may be refused
/// in daily life have a <c>Try</c> form; the others throw <see cref="NetlinkException"/>.
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

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private static byte NumberOf(AddressFamily family) => family switch
    {
        AddressFamily.InterNetwork => (byte)InetFamily.IPv4,
        AddressFamily.InterNetworkV6 => (byte)InetFamily.IPv6,
        _ => throw new ArgumentOutOfRangeException(nameof(family), family, "IPv4 and IPv6 only."),
    };

    private List<T> Dump<T>(ReadOnlySpan<byte> request, AttributeSpace space, string what, MessageParser<T> read, int none = 0)
        where T : class => _socket.Dump(request, space, what, read, none);
}
