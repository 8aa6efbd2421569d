using System.Runtime.CompilerServices;
using VffNetlink.Conntrack.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>
/// The flows that a network namespace tracks: look up, change, make and delete one, dump and delete many; expectations, statistics, timeout policies and
/// helpers. Safe to share between threads, which
/// take turns. Most verbs about one flow or expectation come twice: <c>Try…</c> returns the kernel's refusal and allocates nothing but an expectation that it
/// found, whatever the answer; the other form throws it, as all other verbs do.
/// </summary>
/// <remarks>
/// Look for a flow by its tuple, never by dumping: a look-up costs some microseconds, a dump walks the whole hash table and
/// costs tens of milliseconds even when it is nearly empty. A namespace tracks nothing until some rule in it uses connection tracking.
/// </remarks>
public sealed partial class ConntrackClient : IDisposable
{
    private readonly NetlinkSocket _socket;
    private readonly NetlinkSocket? _second;
    private readonly WaitLimit _limit;
    private readonly bool _isView;

    /// <summary>A client on sockets of <see cref="NETLINK.NETLINK_NETFILTER"/>, which it owns from now on.</summary>
    /// <param name="socket">For all requests.</param>
    /// <param name="second">For deletions and changes while the first one dumps (<see cref="DeleteAll"/>, <see cref="UpdateAll"/>), in the same namespace; null: that is not needed.</param>
    public ConntrackClient(NetlinkSocket socket, NetlinkSocket? second = null)
    {
        ArgumentNullException.ThrowIfNull(socket);
        _socket = socket;
        _second = second;
        _known = new KnownFilters();
    }

    private ConntrackClient(ConntrackClient client, WaitLimit limit)
    {
        _socket = client._socket;
        _second = client._second;
        _known = client._known;
        _limit = limit;
        _isView = true;
    }

    /// <summary>Opens sockets and a client on them.</summary>
    /// <exception cref="NetlinkException">The kernel lacks nfnetlink (EPROTONOSUPPORT), or the namespace may not be entered.</exception>
    public static ConntrackClient Open(NetlinkSocketOptions? options = null)
    {
        options = NetlinkSocketOptions.WithNames(options, ConntrackCatalog.Messages);
        var socket = NetlinkSocket.Open(NETLINK.NETLINK_NETFILTER, options);
        try
        {
            // Both now: later the calling thread might be in another namespace.
            return new ConntrackClient(socket, NetlinkSocket.Open(NETLINK.NETLINK_NETFILTER, options));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>
    /// This client with a limit to each request, dump and batch: <c>client.Within(cancellation).List()</c>,
    /// <c>client.Within(TimeSpan.FromSeconds(1))</c>. A verb that makes several requests has it for each.
    /// </summary>
    /// <param name="limit">In place of the one that this client has, if any.</param>
    /// <returns>Another view of this client, on its sockets: it need not be disposed of, and is of use as long as this client is.</returns>
    /// <remarks>Verbs throw <see cref="TimeoutException"/> and <see cref="OperationCanceledException"/> then, also in their <c>Try</c> forms.</remarks>
    public ConntrackClient Within(WaitLimit limit) => new(this, limit);

    /// <summary>Gets the flow with a tuple. Allocates nothing.</summary>
    /// <param name="tuple">
    /// Of either direction, with its zone: the kernel compares it with both, so <see cref="FlowInfo.Original"/> tells which one it was.
    /// </param>
    /// <param name="flow">The flow.</param>
    /// <param name="error">ENOENT: there is none.</param>
    /// <exception cref="ArgumentException">The tuple is the default value.</exception>
    /// <exception cref="NetlinkFormatException">The answer made no sense.</exception>
    [SkipLocalsInit]
    public bool TryGet(in ConntrackTuple tuple, out FlowInfo flow, out NetlinkError error)
    {
        Span<byte> buffer = stackalloc byte[FlowRequest.MaximumLength];
        using var replies = _socket.Exchange(FlowRequest.Get(buffer, tuple).Message, FlowRequest.Space, _limit);
        var found = false;
        flow = default;
        while (replies.MoveNext())
        {
            flow = FlowView.Read(replies.Current).ToInfo();
            found = true;
        }

        error = replies.Error;
        return error.IsSuccess && (found || MissingReply());
    }

    /// <summary>Gets the flow with a tuple, with everything that the kernel says about it.</summary>
    /// <param name="tuple">Of either direction, with its zone.</param>
    /// <exception cref="NetlinkException">There is none (ENOENT), or it may not be asked for (EPERM).</exception>
    public Flow Get(in ConntrackTuple tuple) => Get(tuple, zeroCounters: false, out var error) ?? throw Refused(error, tuple, zeroCounters: false);

    /// <summary>Gets the flow with a tuple, with everything that the kernel says about it, and sets its counters to zero in the same moment.</summary>
    /// <param name="tuple">Of either direction, with its zone.</param>
    /// <returns>The flow, with its counters as they were.</returns>
    /// <exception cref="NetlinkException">There is none (ENOENT), or it may not be asked for (EPERM).</exception>
    public Flow GetAndZeroCounters(in ConntrackTuple tuple) => Get(tuple, zeroCounters: true, out var error) ?? throw Refused(error, tuple, zeroCounters: true);

    /// <summary>Gets the flow with a tuple, with everything that the kernel says about it; null where there is none.</summary>
    /// <param name="tuple">Of either direction, with its zone.</param>
    /// <exception cref="NetlinkException">It may not be asked for (EPERM).</exception>
    public Flow? Find(in ConntrackTuple tuple) => Get(tuple, zeroCounters: false, out var error) ?? (error.Number == Errno.ENOENT ? null : throw Refused(error, tuple, zeroCounters: false));

    /// <summary>Sets bits of the mark of the flow with a tuple, and no other bits. Allocates nothing.</summary>
    /// <param name="tuple">Of either direction, with its zone. If a newer flow has taken it over, that one is marked.</param>
    /// <param name="mark">The bits.</param>
    /// <param name="error">ENOENT: there is no such flow.</param>
    /// <remarks>Who has subscribed to updates hears of it, also where the mark was like that before.</remarks>
    /// <exception cref="ArgumentException">The tuple is the default value.</exception>
    [SkipLocalsInit]
    public bool TrySetMark(in ConntrackTuple tuple, MaskedMark mark, out NetlinkError error)
    {
        Span<byte> buffer = stackalloc byte[FlowRequest.MaximumLength];
        return _socket.TryRequest(FlowRequest.SetMark(buffer, tuple, mark).Message, FlowRequest.Space, _limit, out error);
    }

    /// <summary>Sets bits of the mark of the flow with a tuple, and no other bits.</summary>
    /// <param name="tuple">Of either direction, with its zone.</param>
    /// <param name="mark">The bits.</param>
    /// <exception cref="NetlinkException">There is no such flow (ENOENT).</exception>
    public void SetMark(in ConntrackTuple tuple, MaskedMark mark)
    {
        if (!TrySetMark(tuple, mark, out var error))
            throw new NetlinkException(error, $"IPCTNL_MSG_CT_NEW mark {mark} on {tuple}");
    }

    /// <summary>Changes the flow with a tuple. Allocates nothing.</summary>
    /// <param name="tuple">Of either direction, with its zone. If a newer flow has taken it over, that one is changed.</param>
    /// <param name="change">What is to change; the rest stays.</param>
    /// <param name="error">ENOENT: there is no such flow; EBUSY, EOPNOTSUPP, ENOSPC: as <see cref="FlowChange"/> says.</param>
    /// <exception cref="ArgumentException">The tuple is the default value, or a value of the change has no place in a message.</exception>
    [SkipLocalsInit]
    public bool TryUpdate(in ConntrackTuple tuple, in FlowChange change, out NetlinkError error)
    {
        Span<byte> buffer = stackalloc byte[FlowRequest.MaximumLength];
        return _socket.TryRequest(FlowRequest.Update(buffer, tuple, change).Message, FlowRequest.Space, _limit, out error);
    }

    /// <summary>Changes the flow with a tuple.</summary>
    /// <param name="tuple">Of either direction, with its zone.</param>
    /// <param name="change">What is to change; the rest stays.</param>
    /// <exception cref="NetlinkException">There is no such flow (ENOENT), or it cannot be changed so, as <see cref="FlowChange"/> says.</exception>
    /// <exception cref="ArgumentException">The tuple is the default value, or a value of the change has no place in a message.</exception>
    public void Update(in ConntrackTuple tuple, in FlowChange change)
    {
        if (!TryUpdate(tuple, change, out var error))
            throw new NetlinkException(error, $"IPCTNL_MSG_CT_NEW {change} on {tuple}");
    }

    /// <summary>Makes a flow.</summary>
    /// <param name="flow">Its tuple and timeout, and what else is to be set.</param>
    /// <param name="error">EEXIST: a flow with one of the tuples is there; ENOMEM: the table is full.</param>
    /// <exception cref="ArgumentException">The tuple or the timeout is missing, or the directions are in two zones.</exception>
    [SkipLocalsInit]
    public bool TryCreate(Flow flow, out NetlinkError error)
    {
        Span<byte> buffer = stackalloc byte[FlowRequest.MaximumLength];
        return _socket.TryRequest(FlowRequest.Create(buffer, flow).Message, FlowRequest.Space, _limit, out error);
    }

    /// <summary>Makes a flow.</summary>
    /// <param name="flow">Its tuple and timeout, and what else is to be set.</param>
    /// <exception cref="NetlinkException">A flow with one of the tuples is there (EEXIST), or the table is full (ENOMEM).</exception>
    public void Create(Flow flow)
    {
        if (!TryCreate(flow, out var error))
            throw new NetlinkException(error, $"IPCTNL_MSG_CT_NEW create {flow.Original}");
    }

    /// <summary>Makes a flow, or changes the one that has its original tuple, of either direction, to what is set; what is null stays as it is then.</summary>
    /// <param name="flow">Its tuple and timeout, and what else is to be set.</param>
    /// <param name="error">
    /// ENOMEM: the table is full; EEXIST: another flow has the reply tuple. Where the flow is there, EOPNOTSUPP: a master is set, or a translation, be it by the status of a
    /// flow that was read; and EBUSY, EPERM, ENOSPC as <see cref="FlowChange"/> says. What was changed before that stays so.
    /// </param>
    /// <exception cref="ArgumentException">The tuple or the timeout is missing, or the directions are in two zones.</exception>
    [SkipLocalsInit]
    public bool TryCreateOrUpdate(Flow flow, out NetlinkError error)
    {
        Span<byte> buffer = stackalloc byte[FlowRequest.MaximumLength];
        return _socket.TryRequest(FlowRequest.CreateOrUpdate(buffer, flow).Message, FlowRequest.Space, _limit, out error);
    }

    /// <summary>Makes a flow, or changes the one that has its original tuple, of either direction, to what is set; what is null stays as it is then.</summary>
    /// <param name="flow">Its tuple and timeout, and what else is to be set.</param>
    /// <exception cref="NetlinkException">The flow can neither be made nor be changed so, as <see cref="TryCreateOrUpdate"/> says.</exception>
    /// <exception cref="ArgumentException">The tuple or the timeout is missing, or the directions are in two zones.</exception>
    public void CreateOrUpdate(Flow flow)
    {
        if (!TryCreateOrUpdate(flow, out var error))
            throw new NetlinkException(error, $"IPCTNL_MSG_CT_NEW create or update {flow.Original}");
    }

    /// <summary>Deletes the flow with a tuple.</summary>
    /// <param name="tuple">Of either direction, with its zone.</param>
    /// <param name="error">ENOENT: there is no such flow.</param>
    /// <exception cref="ArgumentException">The tuple is the default value.</exception>
    public bool TryDelete(in ConntrackTuple tuple, out NetlinkError error) => TryDelete(tuple, null, out error);

    /// <summary>Deletes the flow with a tuple and an id, and no later flow that has taken over its tuple.</summary>
    /// <param name="tuple">Of either direction, with its zone.</param>
    /// <param name="id">The flow's id; null: whichever flow has the tuple.</param>
    /// <param name="error">ENOENT: there is no such flow.</param>
    /// <exception cref="ArgumentException">The tuple is the default value.</exception>
    [SkipLocalsInit]
    public bool TryDelete(in ConntrackTuple tuple, uint? id, out NetlinkError error)
    {
        Span<byte> buffer = stackalloc byte[FlowRequest.MaximumLength];
        return _socket.TryRequest(FlowRequest.Delete(buffer, tuple, id).Message, FlowRequest.Space, _limit, out error);
    }

    /// <summary>Deletes the flow with a tuple, and with an id only that flow.</summary>
    /// <param name="tuple">Of either direction, with its zone.</param>
    /// <param name="id">The flow's id; null: whichever flow has the tuple.</param>
    /// <exception cref="NetlinkException">There is no such flow (ENOENT).</exception>
    public void Delete(in ConntrackTuple tuple, uint? id = null)
    {
        if (!TryDelete(tuple, id, out var error))
            throw new NetlinkException(error, id is null ? $"IPCTNL_MSG_CT_DELETE {tuple}" : $"IPCTNL_MSG_CT_DELETE {tuple} id {id}");
    }

    /// <summary>Sends a batch of requests made with <see cref="ConntrackBatch"/>.</summary>
    /// <param name="batch">Keeps its messages.</param>
    /// <param name="sink">Where replies and refusals go, with the index of the request they answer.</param>
    /// <exception cref="NetlinkException">Sending failed.</exception>
    public BatchResult Send<TSink>(NetlinkBatch batch, ref TSink sink)
        where TSink : struct, IBatchSink, allows ref struct
    {
        ArgumentNullException.ThrowIfNull(batch);
        return batch.Send(_socket, ref sink, FlowRequest.Space, _limit);
    }

    /// <summary>Sends a batch of requests whose single results do not matter.</summary>
    /// <exception cref="NetlinkException">Sending failed.</exception>
    public BatchResult Send(NetlinkBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return batch.Send(_socket, FlowRequest.Space, _limit);
    }

    /// <summary>Sends one message that was made elsewhere, such as a <see cref="PreparedFlowMark"/>, and waits for the answer. Allocates nothing.</summary>
    /// <param name="message">Exactly one message; its sequence number and acknowledgement flag are filled in.</param>
    /// <param name="error">The kernel's answer.</param>
    /// <exception cref="ArgumentException">It is not exactly one message.</exception>
    public bool TrySend(Span<byte> message, out NetlinkError error) => _socket.TryRequest(message, FlowRequest.Space, _limit, out error);

    /// <summary>Closes the sockets; of a view (<see cref="Within"/>) it does nothing.</summary>
    public void Dispose()
    {
        if (_isView)
            return;
        _socket.Dispose();
        _second?.Dispose();
    }

    /// <summary>The flow with a tuple; null where it was refused.</summary>
    [SkipLocalsInit]
    private Flow? Get(in ConntrackTuple tuple, bool zeroCounters, out NetlinkError error)
    {
        Span<byte> buffer = stackalloc byte[FlowRequest.MaximumLength];
        using var replies = _socket.Exchange(FlowRequest.Get(buffer, tuple, zeroCounters).Message, FlowRequest.Space, _limit);
        Flow? flow = null;
        while (replies.MoveNext())
            flow = FlowView.Read(replies.Current).ToFlow();
        error = replies.Error;
        if (flow is null && error.IsSuccess)
            MissingReply();
        return error.IsSuccess ? flow : null;
    }

    private static NetlinkException Refused(in NetlinkError error, in ConntrackTuple tuple, bool zeroCounters) =>
        new(error, $"{(zeroCounters ? "IPCTNL_MSG_CT_GET_CTRZERO" : "IPCTNL_MSG_CT_GET")} {tuple}");

    private static bool MissingReply() => throw new NetlinkFormatException("The kernel acknowledged a request for an object and sent none.");
}
