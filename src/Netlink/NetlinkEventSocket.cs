using VffNetlink.Diagnostics;
using VffNetlink.Interop;
using VffNetlink.Uapi;

namespace VffNetlink;

/// <summary>
/// A socket for notifications alone. It never blocks: poll <see cref="Descriptor"/> together with whatever else the caller waits
/// for, or use <see cref="Wait(TimeSpan, CancellationToken)"/>, then <see cref="Receive"/>. For one thread at a time; groups may be joined and left by
/// any thread meanwhile. <see cref="Events.NetlinkEventStream"/> reads one from a thread of its own.
/// </summary>
public sealed class NetlinkEventSocket : IDisposable
{
    private readonly INetlinkTransport _transport;
    private readonly MessageTrace? _trace;
    private byte[] _buffer = GC.AllocateUninitializedArray<byte>(64 * 1024, pinned: true);

    private int _at;
    private int _end;
    private bool _lost;

    internal NetlinkEventSocket(INetlinkTransport transport, NetlinkSocketOptions? options = null, NETLINK protocol = NETLINK.NETLINK_ROUTE)
    {
        _transport = transport;
        _trace = options is null ? null : MessageTrace.Create(options, protocol, transport.PortId);
    }

    /// <summary>The descriptor to poll for readability (POLLIN) or overrun (POLLERR); valid while this object lives.</summary>
    public int Descriptor => _transport.Descriptor;

    /// <summary>Opens a socket and joins groups.</summary>
    /// <param name="protocol">The family of families.</param>
    /// <param name="groups">Group numbers (not bits), also above 32: <c>RTNLGRP_LINK</c>, <c>NFNLGRP_CONNTRACK_NEW</c>.</param>
    /// <param name="options">Null: a receive buffer of 4 MiB in the calling thread's namespace.</param>
    /// <exception cref="NetlinkException">The kernel refused the socket or a group (EPERM for conntrack's without CAP_NET_ADMIN).</exception>
    public static NetlinkEventSocket Open(NETLINK protocol, ReadOnlySpan<uint> groups, NetlinkSocketOptions? options = null)
    {
        options ??= new NetlinkSocketOptions { ReceiveBuffer = 4 << 20, SendBuffer = null };
        var transport = options.Namespace is { } ns
            ? ns.Run(() => NetlinkTransport.Open(protocol, options))
            : NetlinkTransport.Open(protocol, options);
        try
        {
            foreach (var group in groups)
                transport.Join(group);
            return new NetlinkEventSocket(transport, options, protocol);
        }
        catch
        {
            transport.Dispose();
            throw;
        }
    }

    /// <summary>Joins a group: its notifications come from now on (<c>NETLINK_ADD_MEMBERSHIP</c>).</summary>
    /// <param name="group">A number (not a bit), also above 32. One that was joined already stays joined.</param>
    /// <exception cref="NetlinkException">There is no such group (EINVAL), or it takes a privilege (EPERM).</exception>
    public void Join(uint group) => _transport.Join(group);

    /// <summary>Leaves a group. What it had sent before is still received.</summary>
    /// <exception cref="NetlinkException">There is no such group (EINVAL).</exception>
    public void Leave(uint group) => _transport.Leave(group);

    /// <summary>Waits until there is something to receive; false where the time ran out.</summary>
    /// <param name="timeout">Or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The wait was cancelled; whatever comes later is received all the same.</exception>
    public bool Wait(TimeSpan timeout, CancellationToken cancellation = default) => _at < _end || _transport.Wait(NetlinkSocket.Milliseconds(timeout), cancellation);

    /// <summary>Hands what is there to <paramref name="sink"/> and returns without waiting.</summary>
    /// <param name="sink">Where notifications go. Where it throws, the next call goes on behind the notification that it threw at.</param>
    /// <param name="maximumDatagrams">After so many it returns, so that a flood leaves the caller time for other work.</param>
    /// <returns>Whether there may be more.</returns>
    /// <exception cref="NetlinkFormatException">A notification makes no sense; the next call goes on behind its datagram.</exception>
    /// <exception cref="NetlinkException">The socket failed.</exception>
    public bool Receive<TSink>(ref TSink sink, int maximumDatagrams = 256)
        where TSink : struct, IEventSink, allows ref struct
    {
        Deliver(ref sink);
        for (var i = 0; i < maximumDatagrams;)
        {
            switch (ReceiveDatagram(out var datagram))
            {
                case Reception.Nothing:
                    return false;
                case Reception.Lost:
                    sink.Overrun();
                    break;
                default:
                    (_at, _end) = (0, datagram.Length);
                    Deliver(ref sink);
                    i++;
                    break;
            }
        }

        return true;
    }

    /// <summary>Takes the next datagram of the kernel without waiting, and tells of a loss in its place.</summary>
    /// <remarks>
    /// The kernel tells of a loss at once, before what it had queued earlier; and having dropped one notification it drops all of them until
    /// the queue was read to its end (netlink_overrun). So the place of the loss is there: whoever dumps again then has seen everything that is
    /// older than what was lost, and nothing that comes later is older than the dump's loss.
    /// </remarks>
    /// <exception cref="NetlinkException">The socket failed.</exception>
    internal Reception ReceiveDatagram(out ReadOnlySpan<byte> datagram)
    {
        while (true)
        {
            var errno = _transport.Receive(_buffer, out var received);
            datagram = default;
            switch (errno)
            {
                case Errno.EAGAIN when _lost:
                    _lost = false;
                    return Reception.Lost;
                case Errno.EAGAIN:
                    return Reception.Nothing;
                case Errno.EINTR:
                    continue; // a signal came first
                case Errno.ENOBUFS:
                    _lost = true;
                    continue;
                case not 0:
                    throw new NetlinkException(errno, "receive notifications");
            }

            if (received.SenderPort != 0)
                continue; // only the kernel is believed
            if (received.Length > _buffer.Length)
            {
                // A cut notification is a lost one; the next one of its size fits.
                _buffer = GC.AllocateUninitializedArray<byte>((received.Length + 4095) & ~4095, pinned: true);
                return Reception.Lost;
            }

            datagram = _buffer.AsSpan(0, received.Length);
            _trace?.Received(datagram);
            return Reception.Datagram;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _transport.Dispose();

    private void Deliver<TSink>(ref TSink sink)
        where TSink : struct, IEventSink, allows ref struct
    {
        var messages = new MessageReader(_buffer.AsSpan(_at, _end - _at));
        while (true)
        {
            _at = _end; // behind a malformed message there is no telling where the next one starts
            if (!messages.MoveNext())
                return;
            _at = _end - messages.Rest.Length;
            if (messages.Current.Type >= (ushort)NLMSG.NLMSG_MIN_TYPE)
                sink.Event(messages.Current);
            else if (messages.Current.Type == (ushort)NLMSG.NLMSG_OVERRUN)
                sink.Overrun();
        }
    }
}
