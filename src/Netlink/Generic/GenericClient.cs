using System.Diagnostics.CodeAnalysis;
using System.Text;
using VffNetlink.Uapi;

namespace VffNetlink.Generic;

/// <summary>
/// Generic netlink: finds families by name, and carries requests to them. Safe to share between threads, which take turns.
/// </summary>
/// <remarks>
/// <code>
/// using var client = GenericClient.Open();
/// var family = client.GetFamily("ethtool");
/// var message = MessageWriter.Begin(stackalloc byte[256], family.Id, NLM_F.NLM_F_DUMP);
/// family.PutHeader&lt;ETHTOOL_A&gt;(message, command).Put(…);
/// using var replies = client.Exchange(message.Message);
/// while (replies.MoveNext()) … replies.Current.Attributes&lt;genlmsghdr, ETHTOOL_A&gt;()
/// </code>
/// </remarks>
public sealed class GenericClient : IDisposable
{
    private const int MaximumNameBytes = 15; // GENL_NAMSIZ - 1

    private static AttributeSpace Control => GenericCatalog.Families;

    private readonly NetlinkSocket _socket;
    private readonly WaitLimit _limit;
    private readonly bool _isView;

    /// <summary>A client on a socket of <see cref="NETLINK.NETLINK_GENERIC"/>, which it owns from now on.</summary>
    public GenericClient(NetlinkSocket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        _socket = socket;
    }

    private GenericClient(NetlinkSocket socket, WaitLimit limit)
    {
        _socket = socket;
        _limit = limit;
        _isView = true;
    }

    /// <summary>A client with a socket of its own.</summary>
    /// <exception cref="NetlinkException">The namespace may not be entered.</exception>
    public static GenericClient Open(NetlinkSocketOptions? options = null) => new(NetlinkSocket.Open(NETLINK.NETLINK_GENERIC, NetlinkSocketOptions.WithNames(options, GenericCatalog.Messages)));

    /// <summary>
    /// This client with a limit to each request, dump and batch: <c>client.Within(cancellation).GetFamily("ethtool")</c>,
    /// <c>client.Within(TimeSpan.FromSeconds(1))</c>.
    /// </summary>
    /// <param name="limit">In place of the one that this client has, if any.</param>
    /// <returns>Another view of this client, on its socket: it need not be disposed of, and is of use as long as this client is.</returns>
    /// <remarks>Verbs throw <see cref="TimeoutException"/> and <see cref="OperationCanceledException"/> then, also in their <c>Try</c> forms.</remarks>
    public GenericClient Within(WaitLimit limit) => new(_socket, limit);

    /// <summary>Finds a family by its name; null where the kernel has none.</summary>
    /// <param name="name">Such as <c>ethtool</c>. The kernel loads the module that has it, where there is one.</param>
    /// <exception cref="NetlinkException">The kernel refused for another reason than that there is none.</exception>
    public GenericFamily? FindFamily(string name) => TryGetFamily(name, out var family, out var error) || error.Number == Errno.ENOENT
        ? family
        : throw new NetlinkException(error, $"CTRL_CMD_GETFAMILY {name}");

    /// <summary>Finds a family by its name.</summary>
    /// <exception cref="NetlinkException">The kernel has none (ENOENT).</exception>
    public GenericFamily GetFamily(string name) =>
        TryGetFamily(name, out var family, out var error) ? family : throw new NetlinkException(error, $"CTRL_CMD_GETFAMILY {name}");

    /// <summary>Finds a family by its name.</summary>
    /// <param name="name">Such as <c>ethtool</c>.</param>
    /// <param name="family">The family.</param>
    /// <param name="error">ENOENT where the kernel has none.</param>
    /// <exception cref="ArgumentException">No family has such a name: it is empty, longer than 15 bytes, or has a NUL.</exception>
    public bool TryGetFamily(string name, [NotNullWhen(true)] out GenericFamily? family, out NetlinkError error)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (Encoding.UTF8.GetByteCount(name) > MaximumNameBytes || name.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException($"\"{name}\" is no name of a family: {MaximumNameBytes} bytes at most, and no NUL.", nameof(name));
        var message = MessageWriter.Begin(stackalloc byte[64], (ushort)GENL_ID.GENL_ID_CTRL, NLM_F.NONE);
        message.PutHeader<genlmsghdr, CTRL_ATTR>(HeaderOf(CTRL_CMD.CTRL_CMD_GETFAMILY)).PutString(CTRL_ATTR.CTRL_ATTR_FAMILY_NAME, name);
        return _socket.TryGet(message.Message, Control, static (scoped in NetlinkMessage m) => GenericFamily.Read(m), out family, out error, _limit);
    }

    /// <summary>All families that the kernel has at the moment.</summary>
    /// <exception cref="NetlinkException">The kernel refused, or families came or went during each of several dumps.</exception>
    public IReadOnlyList<GenericFamily> GetFamilies()
    {
        var message = MessageWriter.Begin(stackalloc byte[64], (ushort)GENL_ID.GENL_ID_CTRL, NLM_F.NLM_F_DUMP);
        message.PutHeader<genlmsghdr, CTRL_ATTR>(HeaderOf(CTRL_CMD.CTRL_CMD_GETFAMILY));
        return _socket.Dump(message.Message, Control, "CTRL_CMD_GETFAMILY", static (scoped in NetlinkMessage m) => GenericFamily.Read(m), limit: _limit);
    }

    /// <summary>Sends one request and waits for its acknowledgement. Allocates nothing.</summary>
    /// <param name="request">The message.</param>
    /// <param name="space">Names for the attribute that an error points to; may be null.</param>
    /// <param name="error">The kernel's answer; also with a success, which may carry a warning.</param>
    /// <exception cref="NetlinkException">The answer was lost, or sending failed.</exception>
    public bool TryRequest(Span<byte> request, AttributeSpace? space, out NetlinkError error) => _socket.TryRequest(request, space, _limit, out error);

    /// <summary>Sends one request and waits for its acknowledgement.</summary>
    /// <param name="request">The message.</param>
    /// <param name="what">The request for people, as an exception tells it.</param>
    /// <param name="space">Names for the attribute that an error points to; may be null.</param>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void Request(Span<byte> request, string what, AttributeSpace? space = null)
    {
        if (!TryRequest(request, space, out var error))
            throw new NetlinkException(error, what);
    }

    /// <summary>Sends one request and reads what answers it.</summary>
    /// <param name="request">The message.</param>
    /// <param name="space">Names for the attribute that an error points to; may be null.</param>
    /// <exception cref="NetlinkException">Sending failed.</exception>
    public ReplyReader Exchange(scoped ReadOnlySpan<byte> request, AttributeSpace? space = null) => _socket.Exchange(request, space, _limit);

    /// <summary>Sends a batch and waits for the results.</summary>
    /// <param name="batch">It keeps its messages.</param>
    /// <exception cref="NetlinkException">Sending failed: none of the messages of that datagram, nor any behind it, was taken.</exception>
    public BatchResult Send(NetlinkBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return batch.Send(_socket, limit: _limit);
    }

    /// <summary>Sends a batch and hands each reply and refusal to <paramref name="sink"/>.</summary>
    /// <param name="batch">It keeps its messages.</param>
    /// <param name="sink">Where they go, with the index of the message.</param>
    /// <param name="space">Names for the attributes that errors point to; may be null.</param>
    /// <exception cref="NetlinkException">Sending failed: none of the messages of that datagram, nor any behind it, was taken.</exception>
    public BatchResult Send<TSink>(NetlinkBatch batch, ref TSink sink, AttributeSpace? space = null)
        where TSink : struct, IBatchSink, allows ref struct
    {
        ArgumentNullException.ThrowIfNull(batch);
        return batch.Send(_socket, ref sink, space, _limit);
    }

    /// <summary>Closes the socket; of a view (<see cref="Within"/>) it does nothing.</summary>
    public void Dispose()
    {
        if (!_isView)
            _socket.Dispose();
    }

    // The version that nlctrl has had since it has operations and groups to tell.
    private static genlmsghdr HeaderOf(CTRL_CMD command) => new() { cmd = (byte)command, version = 2 };
}
