using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <content>The numbers that namespaces know each other by.</content>
public sealed partial class RouteClient
{
    /// <summary>The number of a namespace (<c>RTM_GETNSID</c>).</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="id"><see cref="NamespaceId.None"/> where it has no number.</param>
    /// <param name="error">The kernel's answer.</param>
    public bool TryGetNamespaceId(NetworkNamespace ns, out int id, out NetlinkError error)
    {
        ArgumentNullException.ThrowIfNull(ns);
        var done = TryGetId(NETNSA.NETNSA_FD, (uint)ns.Descriptor, out id, out error);
        GC.KeepAlive(ns);
        return done;
    }

    /// <summary>The number of the namespace of a process.</summary>
    /// <param name="processId">The process.</param>
    /// <param name="id"><see cref="NamespaceId.None"/> where it has no number.</param>
    /// <param name="error">ESRCH where there is no such process.</param>
    public bool TryGetNamespaceId(int processId, out int id, out NetlinkError error) => TryGetId(NETNSA.NETNSA_PID, (uint)processId, out id, out error);

    /// <summary>The number of a namespace; <see cref="NamespaceId.None"/> where it has none.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public int GetNamespaceId(NetworkNamespace ns) =>
        TryGetNamespaceId(ns, out var id, out var error) ? id : throw new NetlinkException(error, "RTM_GETNSID");

    /// <summary>The number of the namespace of a process; <see cref="NamespaceId.None"/> where it has none.</summary>
    /// <exception cref="NetlinkException">The kernel refused (ESRCH: there is no such process).</exception>
    public int GetNamespaceId(int processId) =>
        TryGetNamespaceId(processId, out var id, out var error) ? id : throw new NetlinkException(error, $"RTM_GETNSID of process {processId}");

    /// <summary>All namespaces that have a number here.</summary>
    /// <param name="of">The number of the namespace whose numbers are asked for; null: this one (Linux 4.20).</param>
    /// <exception cref="NetlinkException">The kernel refused, or the numbers changed during each of several dumps.</exception>
    public IReadOnlyList<NamespaceId> GetNamespaceIds(int? of = null)
    {
        var message = MessageWriter.Begin(stackalloc byte[64], (ushort)RTM.RTM_GETNSID, NLM_F.NLM_F_DUMP);
        message.PutHeader<rtgenmsg, NETNSA>(default).PutIf(NETNSA.NETNSA_TARGET_NSID, of);
        return _socket.Dump(message.Message, RouteCatalog.NamespaceIds, "RTM_GETNSID", static (scoped in NetlinkMessage m) => NamespaceIdView.TryRead(m, out var view) ? view.ToRecord() : null, limit: _limit);
    }

    /// <summary>Hands the numbers of all namespaces that have one here to a sink. Allocates nothing per number.</summary>
    /// <param name="of">The number of the namespace whose numbers are asked for; null: this one (Linux 4.20).</param>
    /// <param name="sink">Has had what came also where the dump fails later. It must not use this client.</param>
    /// <param name="error">EINTR: the numbers changed during the dump.</param>
    public bool TryDumpNamespaceIds<TSink>(int? of, ref TSink sink, out NetlinkError error)
        where TSink : struct, IViewSink<NamespaceIdView>, allows ref struct
    {
        var message = MessageWriter.Begin(stackalloc byte[64], (ushort)RTM.RTM_GETNSID, NLM_F.NLM_F_DUMP);
        message.PutHeader<rtgenmsg, NETNSA>(default).PutIf(NETNSA.NETNSA_TARGET_NSID, of);
        return TryDump<NamespaceIdView, TSink>(message.Message, RouteCatalog.NamespaceIds, ref sink, out error);
    }

    /// <summary>Gives a namespace a number here (<c>RTM_NEWNSID</c>); it keeps it until one of the two goes.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="id">The number; <see cref="NamespaceId.None"/>: the kernel chooses.</param>
    /// <param name="error">EEXIST where it has a number already, or another one has this.</param>
    public bool TrySetNamespaceId(NetworkNamespace ns, int id, out NetlinkError error)
    {
        ArgumentNullException.ThrowIfNull(ns);
        var message = MessageWriter.Begin(stackalloc byte[64], (ushort)RTM.RTM_NEWNSID, NLM_F.NONE);
        NamespaceIdMessages.Set(message, ns, id);
        var done = _socket.TryRequest(message.Message, RouteCatalog.NamespaceIds, _limit, out error);
        GC.KeepAlive(ns);
        return done;
    }

    /// <summary>Gives a namespace a number here.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void SetNamespaceId(NetworkNamespace ns, int id = NamespaceId.None)
    {
        if (!TrySetNamespaceId(ns, id, out var error))
            throw new NetlinkException(error, $"RTM_NEWNSID {id}");
    }

    private bool TryGetId(NETNSA by, uint value, out int id, out NetlinkError error)
    {
        var message = MessageWriter.Begin(stackalloc byte[64], (ushort)RTM.RTM_GETNSID, NLM_F.NONE);
        message.PutHeader<rtgenmsg, NETNSA>(default).Put(by, value);
        id = NamespaceId.None;
        using var replies = _socket.Exchange(message.Message, RouteCatalog.NamespaceIds, _limit);
        while (replies.MoveNext())
        {
            if (NamespaceIdView.TryRead(replies.Current, out var view))
                id = view.Id;
        }

        error = replies.Error;
        return error.IsSuccess;
    }
}
