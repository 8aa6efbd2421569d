using System.Globalization;
using VffNetlink.Conntrack.Uapi;
using VffNetlink.Events;
using VffNetlink.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>
/// What happens to flows, as it happens. It never blocks: poll <see cref="Descriptor"/> together with whatever else the caller waits
/// for, or use <see cref="Wait"/>, then <see cref="Receive"/>. For one thread at a time.
/// </summary>
/// <remarks>
/// Not every flow is reported. Where <c>net.netfilter.nf_conntrack_events</c> is 2, the default (Linux 5.19), a flow that was made while
/// nobody on the host had subscribed never sends an event, not even of its end; with 0 none does. A late DESTROY may name a tuple that a
/// newer flow has by then: compare <see cref="FlowView.Id"/>. <see cref="Setting"/> tells which; <see cref="FlowTable"/> keeps a table in step.
/// </remarks>
public sealed class ConntrackEvents : IDisposable
{
    private readonly NetlinkEventSocket _socket;

    internal ConntrackEvents(NetlinkEventSocket socket, FlowEventSetting? setting = null)
    {
        _socket = socket;
        Setting = setting;
    }

    /// <summary>The descriptor to poll for readability (POLLIN) or overrun (POLLERR); valid while this object lives.</summary>
    public int Descriptor => _socket.Descriptor;

    /// <summary>Which flows send events, as the namespace was set when this was opened; null where that cannot be read.</summary>
    public FlowEventSetting? Setting { get; }

    /// <summary>Subscribes.</summary>
    /// <param name="kinds">What to hear of; each is a group of its own, and what is left out costs nothing.</param>
    /// <param name="options">Null: a receive buffer of 4 MiB, which holds some 5,000 events.</param>
    /// <exception cref="NetlinkException">Not permitted (EPERM: CAP_NET_ADMIN is missing), or the kernel lacks nfnetlink.</exception>
    /// <exception cref="ArgumentException">A subscription to nothing.</exception>
    public static ConntrackEvents Open(FlowEventKind kinds, NetlinkSocketOptions? options = null)
    {
        var groups = GroupsOf(kinds);
        options = options is null ? null : NetlinkSocketOptions.WithNames(options, ConntrackCatalog.Messages);
        return new ConntrackEvents(NetlinkEventSocket.Open(NETLINK.NETLINK_NETFILTER, groups, options), ReadSetting(options?.Namespace));
    }

    /// <summary>Subscribes to the events that a filter wants; the kernel keeps the others to itself.</summary>
    /// <param name="filter">Which events.</param>
    /// <param name="options">Null: a receive buffer of 4 MiB, which holds some 5,000 events.</param>
    /// <exception cref="NetlinkException">Not permitted (EPERM: CAP_NET_ADMIN is missing), or the kernel lacks nfnetlink.</exception>
    /// <exception cref="ArgumentException">A subscription to nothing, or the options have a filter of their own.</exception>
    /// <exception cref="InvalidOperationException">The filter has more addresses than a program has room for.</exception>
    public static ConntrackEvents Open(FlowEventFilter filter, NetlinkSocketOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return Open(filter.Kinds, WithFilter(options ?? Defaults, filter));
    }

    /// <summary>Subscribes to the events that a filter wants, as a stream to enumerate with <see cref="FlowEvent.Read"/>.</summary>
    /// <param name="filter">Which events; null: all.</param>
    /// <param name="options">Null: the defaults.</param>
    /// <exception cref="NetlinkException">Not permitted (EPERM: CAP_NET_ADMIN is missing), or the kernel lacks nfnetlink.</exception>
    /// <exception cref="ArgumentException">A subscription to nothing, or the options have a filter of their own.</exception>
    /// <exception cref="InvalidOperationException">The filter has more addresses than a program has room for.</exception>
    public static NetlinkEventStream OpenStream(FlowEventFilter? filter = null, NetlinkEventStreamOptions? options = null)
    {
        options ??= new NetlinkEventStreamOptions();
        options = options with { Socket = NetlinkSocketOptions.WithNames(filter is null ? options.Socket : WithFilter(options.Socket, filter), ConntrackCatalog.Messages) };
        return NetlinkEventStream.Open(NETLINK.NETLINK_NETFILTER, GroupsOf(filter?.Kinds ?? FlowEventKind.All), options);
    }

    /// <summary>Which flows of a namespace send events.</summary>
    /// <param name="ns">Null: the calling thread's.</param>
    /// <returns>Null where that cannot be read: connection tracking is not there, or <c>/proc</c> is not.</returns>
    public static FlowEventSetting? ReadSetting(NetworkNamespace? ns = null)
    {
        try
        {
            // The file shows the namespace of the thread that opens it.
            var text = ns is null ? File.ReadAllText(SettingPath) : ns.Run(static () => File.ReadAllText(SettingPath));
            return int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? (FlowEventSetting)value : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Waits until there is something to receive; false where the time ran out.</summary>
    /// <param name="timeout">Or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The wait was cancelled; whatever comes later is received all the same.</exception>
    public bool Wait(TimeSpan timeout, CancellationToken cancellation = default) => _socket.Wait(timeout, cancellation);

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

    private const string SettingPath = "/proc/sys/net/netfilter/nf_conntrack_events";

    private static NetlinkSocketOptions Defaults => new() { ReceiveBuffer = 4 << 20, SendBuffer = null };

    private static NetlinkSocketOptions WithFilter(NetlinkSocketOptions options, FlowEventFilter filter) => options.Filter is null
        ? options with { Filter = filter.ToSocketFilter() }
        : throw new ArgumentException("The options have a filter of their own.", nameof(options));

    private static uint[] GroupsOf(FlowEventKind kinds)
    {
        var groups = new List<uint>(3);
        if ((kinds & FlowEventKind.New) != 0)
            groups.Add((uint)NFNLGRP.NFNLGRP_CONNTRACK_NEW);
        if ((kinds & FlowEventKind.Update) != 0)
            groups.Add((uint)NFNLGRP.NFNLGRP_CONNTRACK_UPDATE);
        if ((kinds & FlowEventKind.Destroy) != 0)
            groups.Add((uint)NFNLGRP.NFNLGRP_CONNTRACK_DESTROY);
        return groups.Count > 0 ? [.. groups] : throw new ArgumentException("A subscription to nothing.", nameof(kinds));
    }

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
