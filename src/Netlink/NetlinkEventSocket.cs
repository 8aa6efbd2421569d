using VffNetlink.Interop;
using VffNetlink.Uapi;

namespace VffNetlink;

/// <summary>
/// A socket for notifications alone. It never blocks: poll <see cref="Descriptor"/> together with whatever else the caller waits
/// for, or use <see cref="Wait"/>, then <see cref="Receive"/>. For one thread at a time.
/// </summary>
public sealed class NetlinkEventSocket : IDisposable
{
    private readonly INetlinkTransport _transport;
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(64 * 1024, pinned: true);

    private int _at;
    private int _end;

    internal NetlinkEventSocket(INetlinkTransport transport) => _transport = transport;

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
            return new NetlinkEventSocket(transport);
        }
        catch
        {
            transport.Dispose();
            throw;
        }
    }

    /// <summary>Waits until there is something to receive; false where the time ran out.</summary>
    /// <param name="timeout">Or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    public bool Wait(TimeSpan timeout) => _at < _end || _transport.Wait(NetlinkSocket.Milliseconds(timeout));

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
        for (var i = 0; i < maximumDatagrams; i++)
        {
            var errno = _transport.Receive(_buffer, out var received);
            switch (errno)
            {
                case Errno.EAGAIN:
                    return false;
                case Errno.ENOBUFS:
                    sink.Overrun();
                    continue;
                case not 0:
                    throw new NetlinkException(errno, "receive notifications");
            }

            if (received.SenderPort != 0)
                continue; // only the kernel is believed
            if (received.Length > _buffer.Length)
            {
                sink.Overrun(); // a cut notification is a lost one
                continue;
            }

            _at = 0;
            _end = received.Length;
            Deliver(ref sink);
        }

        return true;
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
