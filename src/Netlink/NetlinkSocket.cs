using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VffNetlink.Diagnostics;
using VffNetlink.Interop;
using VffNetlink.Uapi;

namespace VffNetlink;

/// <summary>
/// One netlink socket for requests: each waits for its answer, and only the kernel's answers to it are believed. Safe to share
/// between threads, which take turns. Notifications come on sockets of their own (<see cref="NetlinkEventSocket"/>).
/// </summary>
/// <remarks>
/// A request costs two system calls: the kernel has queued its answer before the send returns, so it is taken without
/// waiting; only where nothing is there yet does the socket poll, and only then does a <see cref="WaitLimit"/> cost anything.
/// </remarks>
public sealed partial class NetlinkSocket : IDisposable
{
    /// <summary>
    /// Longer than any datagram that the kernel is known to answer with: dumps come in up to 32 KiB, or as long as their longest object, and
    /// an object's longest attribute has 64 KiB. What nobody writes to costs no memory. Where a longer one comes all the same, the buffer grows, and
    /// what changes nothing is asked again; to ask for each length first would cost a system call a datagram.
    /// </summary>
    internal const int ReceiveBufferSize = 256 * 1024;

    private readonly INetlinkTransport _transport;
    private readonly Turns _turns = new();
    private readonly int _timeout;
    private readonly MessageTrace? _trace;
    private byte[] _receiveBuffer = GC.AllocateUninitializedArray<byte>(ReceiveBufferSize, pinned: true);
    private byte[] _requestBuffer = new byte[4096];
    private uint _sequence;
    private volatile bool _disposed;

    internal NetlinkSocket(INetlinkTransport transport, NetlinkSocketOptions? options = null, NETLINK protocol = NETLINK.NETLINK_ROUTE)
    {
        options ??= new NetlinkSocketOptions();
        _transport = transport;
        _timeout = Milliseconds(options.Timeout);
        _trace = MessageTrace.Create(options, protocol, transport.PortId);
        // A start that differs between sockets makes a stray reply of an earlier port owner recognisable.
        _sequence = (uint)Environment.TickCount64;
        AnswerRoom = transport.ReceiveRoom;
        DatagramRoom = transport.SendRoom;
    }

    /// <summary>The port that the kernel knows this socket by.</summary>
    public uint PortId => _transport.PortId;

    /// <summary>The request whose answer is being read, and how many datagrams of it were taken, by whichever copy of its reader.</summary>
    internal (uint Sequence, int Taken) Progress { get; set; }

    /// <summary>Bytes of answers that the kernel can hold for this socket.</summary>
    internal int AnswerRoom { get; }

    /// <summary>Bytes of the longest datagram that can be sent.</summary>
    internal int DatagramRoom { get; private set; }

    /// <summary>Opens a socket.</summary>
    /// <param name="protocol">The family of families.</param>
    /// <param name="options">Namespace, buffers, time-out; null: the defaults.</param>
    /// <exception cref="NetlinkException">The kernel lacks the protocol (EPROTONOSUPPORT), or the namespace may not be entered.</exception>
    public static NetlinkSocket Open(NETLINK protocol, NetlinkSocketOptions? options = null)
    {
        options ??= new NetlinkSocketOptions();
        var transport = options.Namespace is { } ns
            ? ns.Run(() => NetlinkTransport.OpenConnected(protocol, options))
            : NetlinkTransport.OpenConnected(protocol, options);
        try
        {
            return new NetlinkSocket(transport, options, protocol);
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
    /// <exception cref="ArgumentException">It is not exactly one message.</exception>
    /// <exception cref="InvalidOperationException">This thread is in the middle of another answer from this socket.</exception>
    public bool TryRequest(Span<byte> request, AttributeSpace? space, out NetlinkError error) => TryRequest(request, space, default(Patience), out error);

    /// <summary>Sends one request and waits for its acknowledgement, for so long at most. Allocates nothing where the answer is there at once.</summary>
    /// <param name="request">The message; its sequence number and acknowledgement flag are filled in.</param>
    /// <param name="space">Names for the attribute that an error points to; may be null.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="error">The kernel's answer; also with a success, which may carry a warning.</param>
    /// <returns>Whether the kernel carried it out.</returns>
    /// <exception cref="NetlinkException">The answer was lost (ENOBUFS), or sending failed: whether it was carried out is not known.</exception>
    /// <exception cref="NetlinkFormatException">The answer made no sense.</exception>
    /// <exception cref="OperationCanceledException">The limit's token was cancelled.</exception>
    /// <exception cref="TimeoutException">There was no answer in time.</exception>
    /// <exception cref="ArgumentException">It is not exactly one message.</exception>
    /// <exception cref="InvalidOperationException">This thread is in the middle of another answer from this socket.</exception>
    public bool TryRequest(Span<byte> request, AttributeSpace? space, WaitLimit limit, out NetlinkError error) => TryRequest(request, space, new Patience(limit), out error);

    /// <summary>Sends one request and reads the objects that answer it, up to its acknowledgement or the dump's end.</summary>
    /// <param name="request">The message, with <c>NLM_F_DUMP</c> where it asks for a dump; the rest is filled in.</param>
    /// <param name="space">Names for the attribute that an error points to; may be null.</param>
    /// <param name="limit">How long it may take until the replies are disposed of.</param>
    /// <returns>
    /// The replies. They hold the socket until disposed of, by the same thread; disposing early reads the rest, so that no dump
    /// is left running.
    /// </returns>
    /// <exception cref="NetlinkException">Sending failed.</exception>
    /// <exception cref="OperationCanceledException">The limit's token was cancelled before anything was sent.</exception>
    /// <exception cref="TimeoutException">The socket was not free in time; nothing was sent.</exception>
    /// <exception cref="ArgumentException">It is not exactly one message.</exception>
    /// <exception cref="InvalidOperationException">This thread is in the middle of another answer from this socket.</exception>
    public ReplyReader Exchange(scoped ReadOnlySpan<byte> request, AttributeSpace? space = null, WaitLimit limit = default) => Exchange(request, space, new Patience(limit));

    /// <summary>Closes the socket, after the answer that is being read.</summary>
    public void Dispose()
    {
        _disposed = true;
        if (_turns.IsMine)
            return; // and Release closes it
        _turns.Take(default);
        Release();
    }

    /// <summary>Takes the socket for the calling thread; a batch and a reply reader hold it over many system calls.</summary>
    internal void Acquire(scoped in Patience patience = default)
    {
        if (patience.IsLimited)
            patience.ThrowIfOver();
        // A request amid an answer would take the rest of that answer for stale.
        if (_turns.IsMine)
            throw new InvalidOperationException("This thread is in the middle of another answer from this socket: it ends that one first, or uses another socket.");
        ObjectDisposedException.ThrowIf(_disposed, this);
        _turns.Take(patience);
        if (!_disposed)
            return;
        Release();
        throw new ObjectDisposedException(GetType().FullName);
    }

    internal void Release()
    {
        Progress = default;
        if (_disposed)
            _transport.Dispose();
        _turns.Leave();
    }

    /// <summary>The next <paramref name="count"/> sequence numbers, never 0, which is what notifications bear.</summary>
    internal uint TakeSequences(int count)
    {
        if (_sequence > uint.MaxValue - (uint)count - 1)
            _sequence = 0;
        var first = _sequence + 1;
        _sequence += (uint)count;
        return first;
    }

    /// <summary>Raises the send buffer where a datagram needs it. Returns whether the datagram can be sent.</summary>
    internal bool TryMakeRoom(int length)
    {
        if (length > DatagramRoom)
            DatagramRoom = _transport.RaiseSendRoom(length);
        return length <= DatagramRoom;
    }

    /// <summary>Returns 0 or the error number.</summary>
    internal int TrySendDatagram(ReadOnlySpan<byte> datagram)
    {
        _trace?.Sending(datagram);
        int errno;
        do
        {
            errno = _transport.Send(datagram);
        }
        while (errno == Errno.EINTR); // a signal came before anything was sent
        return errno;
    }

    /// <summary>Takes the next datagram from the kernel.</summary>
    /// <param name="wait">Wait for it. Otherwise only what is there already is taken.</param>
    /// <param name="datagram">Valid until the next call.</param>
    /// <param name="patience">For how long to wait.</param>
    /// <exception cref="NetlinkFormatException">The datagram was cut. The buffer is as long now as it would have had to be.</exception>
    internal Reception Receive(bool wait, out ReadOnlySpan<byte> datagram, scoped in Patience patience = default)
    {
        var deadline = 0L;
        while (true)
        {
            var errno = _transport.Receive(_receiveBuffer, out var received);
            switch (errno)
            {
                case 0 when received.SenderPort != 0:
                    break; // another process may send to our port; only the kernel is believed
                case 0:
                    datagram = _receiveBuffer.AsSpan(0, Math.Min(received.Length, _receiveBuffer.Length));
                    if (received.Length > _receiveBuffer.Length)
                        Cut(received.Length);
                    _trace?.Received(datagram);
                    return Reception.Datagram;
                case Errno.EINTR:
                    continue; // a signal came first
                case Errno.EAGAIN when !wait:
                    datagram = default;
                    return Reception.Nothing;
                case Errno.EAGAIN:
                    break;
                case Errno.ENOBUFS:
                    datagram = default;
                    return Reception.Lost;
                default:
                    throw new NetlinkException(errno, "receive");
            }

            Await(errno == Errno.EAGAIN, patience, ref deadline);
        }
    }

    /// <summary>Drops what is there already, without waiting: answers that nobody will read.</summary>
    internal void Discard()
    {
        try
        {
            while (Receive(wait: false, out _) != Reception.Nothing)
            {
                // What was lost or dropped makes no difference any more.
            }
        }
        catch (Exception exception) when (exception is NetlinkException or NetlinkFormatException or TimeoutException)
        {
            // The caller has an exception of its own to tell; sequence numbers keep apart what stays behind.
        }
    }

    /// <summary>For poll; -1: without end. Never shorter than asked for.</summary>
    internal static int Milliseconds(TimeSpan timeout)
    {
        if (timeout == Timeout.InfiniteTimeSpan)
            return -1;
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        return (int)Math.Min(Math.Ceiling(timeout.TotalMilliseconds), int.MaxValue);
    }

    /// <summary>Waits for something to receive, or only sees to it that a stranger's datagram puts nothing off.</summary>
    private void Await(bool nothing, scoped in Patience patience, ref long deadline)
    {
        // One deadline for all that is waited for here, so that no stranger's datagrams put it off.
        if (!patience.HasTimeout && _timeout >= 0 && deadline == 0)
            deadline = Environment.TickCount64 + _timeout;
        var left = patience.HasTimeout ? patience.Left : _timeout < 0 ? -1 : (int)Math.Max(0, deadline - Environment.TickCount64);
        patience.Cancellation.ThrowIfCancellationRequested();
        if (left == 0 || (nothing && !_transport.Wait(left, patience.Cancellation)))
            throw patience.HasTimeout ? patience.TimedOut() : new TimeoutException($"The kernel did not answer a netlink request within {_timeout} ms.");
    }

    private void Cut(int length)
    {
        var buffer = _receiveBuffer.Length;
        _receiveBuffer = GC.AllocateUninitializedArray<byte>((length + 4095) & ~4095, pinned: true);
        throw new NetlinkFormatException($"A datagram of {length} bytes was cut to the receive buffer's {buffer}; the buffer is larger now, so asking again helps.") { IsTruncation = true };
    }

    private ReplyReader Exchange(scoped ReadOnlySpan<byte> request, AttributeSpace? space, scoped in Patience patience)
    {
        Acquire(patience);
        try
        {
            // Kept here while the answer is read, so that a caller may build it on its stack.
            if (_requestBuffer.Length < request.Length)
                _requestBuffer = new byte[request.Length];
            request.CopyTo(_requestBuffer);
            return Send(_requestBuffer.AsSpan(0, request.Length), space, patience);
        }
        catch
        {
            Release();
            throw;
        }
    }

    private bool TryRequest(Span<byte> request, AttributeSpace? space, scoped in Patience patience, out NetlinkError error)
    {
        Acquire(patience);
        uint sequence;
        try
        {
            sequence = Transmit(request);
        }
        catch
        {
            Release();
            throw;
        }

        Reception reception;
        ReadOnlySpan<byte> datagram;
        try
        {
            reception = Receive(wait: true, out datagram, patience);
        }
        catch
        {
            ReplyReader.Abandon(this, request, sequence);
            throw;
        }

        if (reception == Reception.Datagram && AckReader.IsPlainSuccess(datagram, sequence))
        {
            Release();
            error = default;
            return true;
        }

        var replies = new ReplyReader(this, request, sequence, space, patience, reception, datagram);
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

    /// <summary>Sends for a caller that has acquired the socket; the reader gives it back.</summary>
    private ReplyReader Send(Span<byte> request, AttributeSpace? space, scoped in Patience patience) => new(this, request, Transmit(request), space, patience);

    /// <summary>Numbers a request and sends it. Returns its sequence number.</summary>
    private uint Transmit(Span<byte> request)
    {
        Throw.IfNotOneMessage(request);
        var sequence = TakeSequences(1);
        ref var header = ref Unsafe.As<byte, nlmsghdr>(ref request[0]);
        // A dump that was started is not acknowledged: its NLMSG_DONE ends it. Everything else is.
        header.nlmsg_flags |= NLM_F.NLM_F_REQUEST | NLM_F.NLM_F_ACK;
        header.nlmsg_seq = sequence;
        header.nlmsg_pid = 0;
        var errno = TrySendDatagram(request);
        if (errno != 0)
            throw new NetlinkException(errno, $"send {request.Length} bytes");
        Progress = (sequence, 0);
        return sequence;
    }
}
