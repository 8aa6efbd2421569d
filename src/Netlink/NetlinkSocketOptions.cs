using Microsoft.Extensions.Logging;
using VffNetlink.Diagnostics;

namespace VffNetlink;

/// <summary>How a socket is opened. The defaults suit requests and dumps; event readers want a larger receive buffer.</summary>
public sealed record NetlinkSocketOptions
{
    /// <summary>The network namespace to open the socket in; null: the calling thread's.</summary>
    public NetworkNamespace? Namespace { get; init; }

    /// <summary>
    /// The kernel's receive buffer in bytes (<c>SO_RCVBUF</c>; past the system's limit with CAP_NET_ADMIN); null: the system's default.
    /// Batches size their datagrams so that all answers fit: the default has room for those of 1,800 messages. What is not queued costs no memory.
    /// </summary>
    public int? ReceiveBuffer { get; init; } = 4 << 20;

    /// <summary>The kernel's send buffer in bytes (<c>SO_SNDBUF</c>): the longest datagram, and so the longest nf_tables transaction.</summary>
    public int? SendBuffer { get; init; } = 1 << 20;

    /// <summary>How long a reply may take before <see cref="TimeoutException"/>; the kernel's own locks are usually what is waited for.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// What the kernel leaves out before it queues a datagram; null: nothing. For sockets that notifications come on: a filter that drops the answer to a request has it time
    /// out. It is in force before any group is joined.
    /// </summary>
    public SocketFilter? Filter { get; init; }

    /// <summary>
    /// Where every message that is sent and received is told, decoded, at <see cref="LogLevel.Trace"/>; null: nowhere. As long as that level is
    /// off it costs neither an allocation nor a system call.
    /// </summary>
    public ILogger? Logger { get; init; }

    /// <summary>The names for what is told to <see cref="Logger"/>; null: those of the client that opens the socket, else this library's.</summary>
    public MessageCatalog? Catalog { get; init; }

    /// <summary>These options, with the names of a family where they have none: what a client opens its socket with.</summary>
    /// <param name="options">Null: the defaults.</param>
    /// <param name="catalog">The family's names.</param>
    public static NetlinkSocketOptions WithNames(NetlinkSocketOptions? options, MessageCatalog catalog)
    {
        options ??= new NetlinkSocketOptions();
        return options.Logger is null || options.Catalog is not null ? options : options with { Catalog = catalog };
    }
}
