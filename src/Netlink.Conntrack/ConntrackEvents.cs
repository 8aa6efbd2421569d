using VffNetlink.Conntrack.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>
/// What happens to flows, as it happens. It never blocks: poll <see cref="Descriptor"/> together with whatever else the caller waits
/// for, or use <see cref="Wait"/>, then <see cref="Receive"/>. For one thread at a time.
/// </summary>
/// <remarks>
/// Not every flow is reported. Where <c>net.netfilter.nf_conntrack_events</c> is 2, the default (Linux 5.19), a flow that was made while
/// nobody in its namespace had subscribed never sends an event, not even of its end; with 0 none does. A late DESTROY may name a tuple that a
/// newer flow has by then: compare <see cref="FlowView.Id"/>.
/// </remarks>
public sealed class ConntrackEvents : IDisposable
{
    private readonly NetlinkEventSocket _socket;

    internal ConntrackEvents(NetlinkEventSocket socket) => _socket = socket;

    /// <summary>The descriptor to poll for readability (POLLIN) or overrun (POLLERR); valid while this object lives.</summary>
    public int Descriptor => _socket.Descriptor;

    /// <summary>Subscribes.</summary>
    /// <param name="kinds">What to hear of; each is a group of its own, and what is left out costs nothing.</param>
    /// <param name="options">Null: a receive buffer of 4 MiB, which holds some 5,000 events.</param>
    /// <exception cref="NetlinkException">Not permitted (EPERM: CAP_NET_ADMIN is missing), or the kernel lacks nfnetlink.</exception>
    public static ConntrackEvents Open(FlowEventKind kinds, NetlinkSocketOptions? options = null)
    {
        Span<uint> groups = stackalloc uint[3];
        var count = 0;
        if ((kinds & FlowEventKind.New) != 0)
            groups[count++] = (uint)NFNLGRP.NFNLGRP_CONNTRACK_NEW;
        if ((kinds & FlowEventKind.Update) != 0)
            groups[count++] = (uint)NFNLGRP.NFNLGRP_CONNTRACK_UPDATE;
        if ((kinds & FlowEventKind.Destroy) != 0)
            groups[count++] = (uint)NFNLGRP.NFNLGRP_CONNTRACK_DESTROY;
        if (count == 0)
            throw new ArgumentException("A subscription to nothing.", nameof(kinds));
        return new ConntrackEvents(NetlinkEventSocket.Open(NETLINK.NETLINK_NETFILTER, groups[..count], options is null ? null : NetlinkSocketOptions.WithNames(options, ConntrackCatalog.Messages)));
    }

    /// <summary>Waits until there is something to receive; false where the time ran out.</summary>
    /// <param name="timeout">Or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    public bool Wait(TimeSpan timeout) => _socket.Wait(timeout);

    /// <summary>Hands what is there to <paramref name="sink"/> and returns without waiting. Allocates nothing.</summary>
    /// <param name="sink">Where events go.</param>
    /// <param name="maximumDatagrams">After so many it returns, so that a flood leaves the caller time for other work; an event is one datagram.</param>
    /// <returns>Whether there may be more.</returns>
    /// <exception cref="NetlinkFormatException">An event makes no sense; the next call goes on behind it.</exception>
    /// <exception cref="NetlinkException">The socket failed.</exception>
    public bool Receive<TSink>(ref TSink sink, int maximumDatagrams = 256)
        where TSink : struct, IFlowEventSink
    {
        var adapter = new Adapter<TSink>(ref sink);
        return _socket.Receive(ref adapter, maximumDatagrams);
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    /// <summary>What a notification says; null where it is not about a flow.</summary>
    internal static FlowEventKind? KindOf(scoped in NetlinkMessage message)
    {
        if (message.Type == FlowRequest.TypeOf(IPCTNL_MSG.IPCTNL_MSG_CT_DELETE))
            return FlowEventKind.Destroy;
        if (message.Type != FlowRequest.TypeOf(IPCTNL_MSG.IPCTNL_MSG_CT_NEW))
            return null;
        return (message.Flags & (NLM_F.NLM_F_CREATE | NLM_F.NLM_F_EXCL)) != 0 ? FlowEventKind.New : FlowEventKind.Update;
    }

    private readonly ref struct Adapter<TSink>(ref TSink sink) : IEventSink
        where TSink : struct, IFlowEventSink
    {
        private readonly ref TSink _sink = ref sink;

        public void Event(scoped in NetlinkMessage message)
        {
            if (KindOf(message) is { } kind)
                _sink.Flow(kind, FlowView.Read(message));
        }

        public void Overrun() => _sink.Overrun();
    }
}
