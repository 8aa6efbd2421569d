using System.Diagnostics.CodeAnalysis;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <content>Neighbours.</content>
public sealed partial class RouteClient
{
    /// <summary>The neighbours that a filter chooses, in the kernel.</summary>
    /// <param name="filter">The default value: all of both families.</param>
    /// <exception cref="NetlinkException">The kernel refused, or the table changed during each of several dumps.</exception>
    public IReadOnlyList<Neighbour> GetNeighbours(in NeighbourFilter filter = default)
    {
        var message = MessageWriter.Begin(stackalloc byte[64], (ushort)RTM.RTM_GETNEIGH, NLM_F.NLM_F_DUMP);
        NeighbourMessages.Dump(message, filter);
        return _socket.Dump(message.Message, RouteCatalog.Neighbours, "RTM_GETNEIGH", static (scoped in NetlinkMessage m) => NeighbourView.TryRead(m, out var view) ? view.ToRecord() : null, limit: _limit);
    }

    /// <summary>Hands the neighbours that a filter chooses to a sink, as they come. Allocates nothing per neighbour.</summary>
    /// <param name="filter">The default value: all of both families.</param>
    /// <param name="sink">Has had what came also where the dump fails later. It must not use this client.</param>
    /// <param name="error">EINTR: the table changed during the dump, so that neighbours may be missing or doubled.</param>
    public bool TryDumpNeighbours<TSink>(in NeighbourFilter filter, ref TSink sink, out NetlinkError error)
        where TSink : struct, IViewSink<NeighbourView>, allows ref struct
    {
        var message = MessageWriter.Begin(stackalloc byte[64], (ushort)RTM.RTM_GETNEIGH, NLM_F.NLM_F_DUMP);
        NeighbourMessages.Dump(message, filter);
        return TryDump<NeighbourView, TSink>(message.Message, RouteCatalog.Neighbours, ref sink, out error);
    }

    /// <summary>One neighbour (<c>RTM_GETNEIGH</c>, Linux 5.0).</summary>
    /// <param name="key">Family, link and network address; of a forwarding entry link, link-layer address, VLAN and master or self. <see cref="NTF.NTF_PROXY"/> asks for a proxy's.</param>
    /// <param name="neighbour">The neighbour.</param>
    /// <param name="error">ENOENT where there is none.</param>
    public bool TryGetNeighbour(Neighbour key, [NotNullWhen(true)] out Neighbour? neighbour, out NetlinkError error)
    {
        ArgumentNullException.ThrowIfNull(key);
        var message = MessageWriter.Begin(stackalloc byte[160], (ushort)RTM.RTM_GETNEIGH, NLM_F.NONE);
        NeighbourMessages.Get(message, key);
        return _socket.TryGet(
            message.Message, RouteCatalog.Neighbours, static (scoped in NetlinkMessage m) => NeighbourView.TryRead(m, out var view) ? view.ToRecord() : null, out neighbour, out error, _limit);
    }

    /// <summary>One neighbour.</summary>
    /// <exception cref="NetlinkException">There is none (ENOENT).</exception>
    public Neighbour GetNeighbour(Neighbour key) =>
        TryGetNeighbour(key, out var neighbour, out var error) ? neighbour : throw Refused(error, $"RTM_GETNEIGH {key}", key.LinkIndex);

    /// <summary>Adds a neighbour (<c>RTM_NEWNEIGH</c>, exclusive).</summary>
    /// <param name="neighbour">The neighbour, with a <see cref="Neighbour.State"/> such as permanent.</param>
    /// <param name="error">EEXIST where there is one.</param>
    public bool TryAddNeighbour(Neighbour neighbour, out NetlinkError error) =>
        TrySend(RTM.RTM_NEWNEIGH, NLM_F.NLM_F_CREATE | NLM_F.NLM_F_EXCL, neighbour, out error);

    /// <summary>Adds a neighbour.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void AddNeighbour(Neighbour neighbour)
    {
        if (!TryAddNeighbour(neighbour, out var error))
            throw Refused(error, $"RTM_NEWNEIGH {neighbour}", neighbour.LinkIndex);
    }

    /// <summary>Adds a neighbour, or changes the one that is there.</summary>
    /// <param name="neighbour">The neighbour, with a <see cref="Neighbour.State"/> such as permanent.</param>
    /// <param name="error">ENODEV where the link is gone.</param>
    public bool TryReplaceNeighbour(Neighbour neighbour, out NetlinkError error) =>
        TrySend(RTM.RTM_NEWNEIGH, NLM_F.NLM_F_CREATE | NLM_F.NLM_F_REPLACE, neighbour, out error);

    /// <summary>Adds a neighbour, or changes the one that is there.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void ReplaceNeighbour(Neighbour neighbour)
    {
        if (!TryReplaceNeighbour(neighbour, out var error))
            throw Refused(error, $"RTM_NEWNEIGH {neighbour}", neighbour.LinkIndex);
    }

    /// <summary>Removes a neighbour (<c>RTM_DELNEIGH</c>).</summary>
    /// <param name="neighbour">The neighbour: family, link and address name it.</param>
    /// <param name="error">ENOENT where there is none.</param>
    public bool TryDeleteNeighbour(Neighbour neighbour, out NetlinkError error) =>
        TrySend(RTM.RTM_DELNEIGH, NLM_F.NONE, neighbour, out error);

    /// <summary>Removes a neighbour.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void DeleteNeighbour(Neighbour neighbour)
    {
        if (!TryDeleteNeighbour(neighbour, out var error))
            throw Refused(error, $"RTM_DELNEIGH {neighbour}", neighbour.LinkIndex);
    }
}
