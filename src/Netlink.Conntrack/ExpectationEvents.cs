using VffNetlink.Conntrack.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>
/// What happens to expectations, as it happens. It never blocks: poll <see cref="Descriptor"/> together with whatever else the caller waits
/// for, or use <see cref="Wait"/>, then <see cref="Receive"/>. For one thread at a time.
/// </summary>
public sealed class ExpectationEvents : IDisposable
{
    private readonly NetlinkEventSocket _socket;

    internal ExpectationEvents(NetlinkEventSocket socket) => _socket = socket;

    /// <summary>The descriptor to poll for readability (POLLIN) or overrun (POLLERR); valid while this object lives.</summary>
    public int Descriptor => _socket.Descriptor;

    /// <summary>Subscribes.</summary>
    /// <param name="kinds">What to hear of; each is a group of its own.</param>
    /// <param name="options">Null: a receive buffer of 4 MiB.</param>
    /// <exception cref="NetlinkException">Not permitted (EPERM: CAP_NET_ADMIN is missing), or the kernel lacks nfnetlink.</exception>
    /// <exception cref="ArgumentException">A subscription to nothing.</exception>
    public static ExpectationEvents Open(ExpectationEventKind kinds = ExpectationEventKind.All, NetlinkSocketOptions? options = null)
    {
        Span<uint> groups = stackalloc uint[3];
        var count = 0;
        if ((kinds & ExpectationEventKind.New) != 0)
            groups[count++] = (uint)NFNLGRP.NFNLGRP_CONNTRACK_EXP_NEW;
        if ((kinds & ExpectationEventKind.Update) != 0)
            groups[count++] = (uint)NFNLGRP.NFNLGRP_CONNTRACK_EXP_UPDATE;
        if ((kinds & ExpectationEventKind.Destroy) != 0)
            groups[count++] = (uint)NFNLGRP.NFNLGRP_CONNTRACK_EXP_DESTROY;
        if (count == 0)
            throw new ArgumentException("A subscription to nothing.", nameof(kinds));
        return new ExpectationEvents(NetlinkEventSocket.Open(NETLINK.NETLINK_NETFILTER, groups[..count], options is null ? null : NetlinkSocketOptions.WithNames(options, ConntrackCatalog.Messages)));
    }

    /// <summary>Waits until there is something to receive; false where the time ran out.</summary>
    /// <param name="timeout">Or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The wait was cancelled; whatever comes later is received all the same.</exception>
    public bool Wait(TimeSpan timeout, CancellationToken cancellation = default) => _socket.Wait(timeout, cancellation);

    /// <summary>Hands what is there to <paramref name="sink"/> and returns without waiting. Allocates nothing.</summary>
    /// <param name="sink">Where events go.</param>
    /// <param name="maximumDatagrams">After so many it returns; an event is one datagram.</param>
    /// <returns>Whether there may be more.</returns>
    /// <exception cref="NetlinkFormatException">An event makes no sense; the next call goes on behind it.</exception>
    /// <exception cref="NetlinkException">The socket failed.</exception>
    public bool Receive<TSink>(ref TSink sink, int maximumDatagrams = 256)
        where TSink : struct, IExpectationEventSink
    {
        var adapter = new Adapter<TSink>(ref sink);
        return _socket.Receive(ref adapter, maximumDatagrams);
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private static ExpectationEventKind KindOf(scoped in NetlinkMessage message) =>
        message.Type == ExpectationRequest.TypeOf(IPCTNL_MSG_EXP.IPCTNL_MSG_EXP_DELETE) ? ExpectationEventKind.Destroy
        : (message.Flags & (NLM_F.NLM_F_CREATE | NLM_F.NLM_F_EXCL)) != 0 ? ExpectationEventKind.New
        : ExpectationEventKind.Update;

    private readonly ref struct Adapter<TSink>(ref TSink sink) : IEventSink
        where TSink : struct, IExpectationEventSink
    {
        private readonly ref TSink _sink = ref sink;

        public void Event(scoped in NetlinkMessage message)
        {
            if (ExpectationView.IsExpectation(message))
                _sink.Expectation(KindOf(message), ExpectationView.Read(message));
        }

        public void Overrun() => _sink.Overrun();
    }
}
