using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VffNetlink.Interop;
using VffNetlink.Uapi;

namespace VffNetlink;

/// <summary>
/// One netlink socket for requests: each waits for its answer, and only the kernel's answers to it are believed. Safe to share
/// between threads, which take turns. Notifications come on sockets of their own (<see cref="NetlinkEventSocket"/>).
/// </summary>
/// <remarks>
/// A request costs two system calls: the kernel has queued its answer before the send returns, so it is taken without
/// waiting; only where nothing is there yet does the socket poll.
/// </remarks>
public sealed class NetlinkSocket : IDisposable
{
    private readonly INetlinkTransport _transport;
    private readonly Lock _lock = new();
    private readonly byte[] _receiveBuffer = GC.AllocateUninitializedArray<byte>(64 * 1024, pinned: true);
    private readonly int _timeout;
    private byte[] _requestBuffer = new byte[4096];
    private uint _sequence;
    private bool _disposed;

    internal NetlinkSocket(INetlinkTransport transport, NetlinkSocketOptions? options = null)
    {
        options ??= new NetlinkSocketOptions();
        _transport = transport;
        _timeout = options.Timeout == Timeout.InfiniteTimeSpan ? -1 : (int)Math.Min(options.Timeout.TotalMilliseconds, int.MaxValue);
        // A start that differs between sockets makes a stray reply of an earlier port owner recognisable.
        _sequence = (uint)Environment.TickCount64;
        AnswerRoom = transport is NetlinkTransport real ? real.ReceiveBuffer : 212_992;
    }

    /// <summary>The port that the kernel knows this socket by.</summary>
    public uint PortId => _transport.PortId;

    /// <summary>Bytes of answers that the kernel can hold for this socket.</summary>
    internal int AnswerRoom { get; }

    /// <summary>Opens a socket.</summary>
    /// <param name="protocol">The family of families.</param>
    /// <param name="options">Namespace, buffers, time-out; null: the defaults.</param>
    /// <exception cref="NetlinkException">The kernel lacks the protocol (EPROTONOSUPPORT), or the namespace may not be entered.</exception>
    public static NetlinkSocket Open(NETLINK protocol, NetlinkSocketOptions? options = null)
    {
        options ??= new NetlinkSocketOptions();
        var transport = options.Namespace is { } ns
            ? ns.Run(() => NetlinkTransport.Open(protocol, options))
            : NetlinkTransport.Open(protocol, options);
        try
        {
            return new NetlinkSocket(transport, options);
        }
        catch
        {
            transport.Dispose();
            throw;
        }
    }

    /// <summary>Sends one request and waits for its acknowledgement. Allocates nothing, whatever the answer.</summary>
    /// <param name="request">The message; its sequence number and acknowledgement flag are filled in.</param>
    /// <param name="space">Names for the attribute that an error points to; may be null.</param>
    /// <param name="error">The kernel's answer; also with a success, which may carry a warning.</param>
    /// <returns>Whether the kernel carried it out.</returns>
    /// <exception cref="NetlinkException">The answer was lost (ENOBUFS), or sending failed: whether it was carried out is not known.</exception>
    /// <exception cref="NetlinkFormatException">The answer made no sense.</exception>
    /// <exception cref="TimeoutException">There was none in time.</exception>
    public bool TryRequest(Span<byte> request, AttributeSpace? space, out NetlinkError error)
    {
        Acquire();
        ReplyReader replies;
        try
        {
            replies = Send(request, NLM_F.NLM_F_ACK, space);
        }
        catch
        {
            Release();
            throw;
        }

        try
        {
            while (replies.MoveNext())
            {
                // Some requests echo an object before the acknowledgement; whoever wants it uses Exchange.
            }

            error = replies.Error;
            return error.IsSuccess;
        }
        finally
        {
            replies.Dispose();
        }
    }

    /// <summary>Sends one request and reads the objects that answer it, up to its acknowledgement or the dump's end.</summary>
    /// <param name="request">The message, with <c>NLM_F_DUMP</c> where it asks for a dump; the rest is filled in.</param>
    /// <param name="space">Names for the attribute that an error points to; may be null.</param>
    /// <returns>
    /// The replies. They hold the socket until disposed of, by the same thread; disposing early reads the rest, so that no dump
    /// is left running.
    /// </returns>
    /// <exception cref="NetlinkException">Sending failed.</exception>
    public ReplyReader Exchange(scoped ReadOnlySpan<byte> request, AttributeSpace? space = null)
    {
        Acquire();
        try
        {
            // Kept here while the answer is read, so that a caller may build it on its stack.
            if (_requestBuffer.Length < request.Length)
                _requestBuffer = new byte[request.Length];
            request.CopyTo(_requestBuffer);
            var copy = _requestBuffer.AsSpan(0, request.Length);
            var isDump = (MemoryMarshal.Read<nlmsghdr>(copy).nlmsg_flags & NLM_F.NLM_F_DUMP) == NLM_F.NLM_F_DUMP;
            return Send(copy, isDump ? NLM_F.NONE : NLM_F.NLM_F_ACK, space);
        }
        catch
        {
            Release();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed)
                return;
            _disposed = true;
            _transport.Dispose();
        }
    }

    /// <summary>Takes the socket for the calling thread; a batch and a reply reader hold it over many system calls.</summary>
    internal void Acquire()
    {
        _lock.Enter();
        if (!_disposed)
            return;
        _lock.Exit();
        throw new ObjectDisposedException(nameof(NetlinkSocket));
    }

    internal void Release() => _lock.Exit();

    /// <summary>The next <paramref name="count"/> sequence numbers, never 0, which is what notifications bear.</summary>
    internal uint TakeSequences(int count)
    {
        if (_sequence > uint.MaxValue - (uint)count - 1)
            _sequence = 0;
        var first = _sequence + 1;
        _sequence += (uint)count;
        return first;
    }

    internal void SendDatagram(ReadOnlySpan<byte> datagram)
    {
        var errno = _transport.Send(datagram);
        if (errno != 0)
            throw new NetlinkException(errno, $"send {datagram.Length} bytes");
    }

    /// <summary>The next datagram from the kernel, waiting for it if need be.</summary>
    /// <param name="wait">False: only what is there already; <paramref name="nothing"/> says where that was nothing.</param>
    /// <param name="nothing">Nothing was there.</param>
    /// <returns>An empty span where answers were lost (ENOBUFS), or where nothing was there.</returns>
    internal ReadOnlySpan<byte> ReceiveDatagram(bool wait, out bool nothing)
    {
        nothing = false;
        while (true)
        {
            var errno = _transport.Receive(_receiveBuffer, out var received);
            switch (errno)
            {
                case 0 when received.SenderPort != 0:
                    continue; // another process may send to our port; only the kernel is believed
                case 0 when received.Length > _receiveBuffer.Length:
                    throw new NetlinkFormatException($"A datagram of {received.Length} bytes was cut to the receive buffer's {_receiveBuffer.Length}.");
                case 0:
                    return _receiveBuffer.AsSpan(0, received.Length);
                case Errno.EAGAIN when !wait:
                    nothing = true;
                    return default;
                case Errno.EAGAIN:
                    if (!_transport.Wait(_timeout))
                        throw new TimeoutException($"The kernel did not answer a netlink request within {_timeout} ms.");
                    continue;
                case Errno.ENOBUFS:
                    return default;
                default:
                    throw new NetlinkException(errno, "receive");
            }
        }
    }

    /// <summary>Sends for a caller that has acquired the socket; the reader gives it back.</summary>
    private ReplyReader Send(Span<byte> request, NLM_F flags, AttributeSpace? space)
    {
        if (request.Length < MessageWriter.HeaderSize)
            throw new ArgumentException($"A netlink message has at least {MessageWriter.HeaderSize} bytes.", nameof(request));
        var sequence = TakeSequences(1);
        ref var header = ref Unsafe.As<byte, nlmsghdr>(ref request[0]);
        header.nlmsg_flags |= NLM_F.NLM_F_REQUEST | flags;
        header.nlmsg_seq = sequence;
        header.nlmsg_pid = 0;
        SendDatagram(request);
        return new ReplyReader(this, request, sequence, space);
    }
}
