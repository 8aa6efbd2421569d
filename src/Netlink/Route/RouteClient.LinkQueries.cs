using System.Diagnostics.CodeAnalysis;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <content>What links there are.</content>
public sealed partial class RouteClient
{
    /// <summary>One link by index; null where there is none.</summary>
    /// <exception cref="NetlinkException">The kernel refused for another reason.</exception>
    public Link? FindLink(int index)
    {
        var message = MessageWriter.Begin(stackalloc byte[64], (ushort)RTM.RTM_GETLINK, NLM_F.NONE);
        LinkMessages.Of(message, index);
        return TryGet(message.Message, out var link, out var error) || error.Number == Errno.ENODEV
            ? link
            : throw new NetlinkException(error, $"RTM_GETLINK index {index}");
    }

    /// <summary>One link by its name or one of its alternative names; null where there is none.</summary>
    /// <exception cref="NetlinkException">The kernel refused for another reason.</exception>
    /// <exception cref="ArgumentException">It is longer than any name (127 bytes), empty, or has a NUL.</exception>
    public Link? FindLink(string name)
    {
        var message = MessageWriter.Begin(stackalloc byte[256], (ushort)RTM.RTM_GETLINK, NLM_F.NONE);
        LinkMessages.Get(message, name, null);
        return TryGet(message.Message, out var link, out var error) || error.Number == Errno.ENODEV
            ? link
            : throw new NetlinkException(error, $"RTM_GETLINK {name}");
    }

    /// <summary>One link by name.</summary>
    /// <exception cref="NetlinkException">There is none (ENODEV).</exception>
    public Link GetLink(string name) => FindLink(name) ?? throw new NetlinkException(new NetlinkError(Errno.ENODEV), $"RTM_GETLINK {name}");

    /// <summary>One link by index.</summary>
    /// <exception cref="NetlinkException">There is none (ENODEV).</exception>
    public Link GetLink(int index) => FindLink(index) ?? throw new NetlinkException(new NetlinkError(Errno.ENODEV), $"RTM_GETLINK index {index}");

    /// <summary>One link by index.</summary>
    /// <param name="index">Its index.</param>
    /// <param name="sink">Has it where there is one. It must not use this client.</param>
    /// <param name="error">ENODEV where there is none.</param>
    /// <remarks>Allocates nothing.</remarks>
    public bool TryGetLink<TSink>(int index, ref TSink sink, out NetlinkError error)
        where TSink : struct, IViewSink<LinkView>, allows ref struct
    {
        var message = MessageWriter.Begin(stackalloc byte[64], (ushort)RTM.RTM_GETLINK, NLM_F.NONE);
        LinkMessages.Of(message, index);
        return TryDump<LinkView, TSink>(message.Message, RouteCatalog.Links, ref sink, out error);
    }

    /// <summary>The links that a filter chooses, in the kernel.</summary>
    /// <param name="filter">The default value: all.</param>
    /// <exception cref="NetlinkException">The kernel refused, or the table changed during each of several dumps.</exception>
    public IReadOnlyList<Link> GetLinks(in LinkFilter filter = default)
    {
        using var buffer = new RequestBuffer(stackalloc byte[RequestBuffer.OnStack], RoomFor(filter));
        var message = MessageWriter.Begin(buffer.Span, (ushort)RTM.RTM_GETLINK, NLM_F.NLM_F_DUMP);
        LinkMessages.Dump(message, filter);
        return _socket.Dump(message.Message, RouteCatalog.Links, "RTM_GETLINK", static (scoped in NetlinkMessage m) => LinkView.TryRead(m, out var view) ? view.ToRecord() : null, limit: _limit);
    }

    /// <summary>Hands the links that a filter chooses to a sink, as they come. Allocates nothing per link.</summary>
    /// <param name="filter">The default value: all.</param>
    /// <param name="sink">Has had what came also where the dump fails later. It must not use this client.</param>
    /// <param name="error">EINTR: links came or went during the dump, so that some may be missing or doubled.</param>
    public bool TryDumpLinks<TSink>(in LinkFilter filter, ref TSink sink, out NetlinkError error)
        where TSink : struct, IViewSink<LinkView>, allows ref struct
    {
        using var buffer = new RequestBuffer(stackalloc byte[RequestBuffer.OnStack], RoomFor(filter));
        var message = MessageWriter.Begin(buffer.Span, (ushort)RTM.RTM_GETLINK, NLM_F.NLM_F_DUMP);
        LinkMessages.Dump(message, filter);
        return TryDump<LinkView, TSink>(message.Message, RouteCatalog.Links, ref sink, out error);
    }

    /// <summary>One link in the namespace with a number (Linux 4.20).</summary>
    private Link GetLink(string name, int namespaceId)
    {
        var message = MessageWriter.Begin(stackalloc byte[256], (ushort)RTM.RTM_GETLINK, NLM_F.NONE);
        LinkMessages.Get(message, name, namespaceId);
        return TryGet(message.Message, out var link, out var error) ? link : throw new NetlinkException(error, $"RTM_GETLINK {name} in namespace {namespaceId}");
    }

    private static int RoomFor(in LinkFilter filter) => 64 + (3 * (filter.Kind?.Length ?? 0));

    private bool TryGet(scoped ReadOnlySpan<byte> request, [NotNullWhen(true)] out Link? link, out NetlinkError error) =>
        _socket.TryGet(request, RouteCatalog.Links, static (scoped in NetlinkMessage m) => LinkView.TryRead(m, out var view) ? view.ToRecord() : null, out link, out error, _limit);
}
