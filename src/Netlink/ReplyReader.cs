using VffNetlink.Uapi;

namespace VffNetlink;

/// <summary>
/// The objects that answer one request, datagram by datagram as they are walked. Whatever happens in the caller's loop,
/// disposal reads to the end, so that the socket is clean for the next request.
/// </summary>
/// <remarks>
/// <code>
/// using var replies = socket.Exchange(request);
/// while (replies.MoveNext()) { use replies.Current; }
/// if (!replies.Error.IsSuccess) …; if (replies.Interrupted) … ask again
/// </code>
/// It is handed on by reference: a copy stays where it was, and says so (<see cref="InvalidOperationException"/>) once another one has read on.
/// </remarks>
public ref struct ReplyReader : IDisposable
{
    /// <summary>In place of a number of datagrams: the end was read.</summary>
    private const int Ended = -1;

    private readonly NetlinkSocket _socket;
    private readonly ReadOnlySpan<byte> _request;
    private readonly uint _sequence;
    private readonly AttributeSpace? _space;
    private readonly Patience _patience;
    private MessageReader _datagram;
    private bool _started;
    private bool _broken;
    private bool _lost;
    private bool _ended;
    private int _taken;
    private NetlinkError _error;
    private bool _interrupted;

    private static NetlinkError Changed => new(Errno.EINTR) { Message = "the table changed while it was dumped" };

    internal ReplyReader(NetlinkSocket socket, ReadOnlySpan<byte> request, uint sequence, AttributeSpace? space, scoped in Patience patience)
    {
        _socket = socket;
        _request = request;
        _sequence = sequence;
        _space = space;
        _patience = patience;
    }

    /// <summary>Goes on with an answer whose first datagram was taken already.</summary>
    internal ReplyReader(
        NetlinkSocket socket, ReadOnlySpan<byte> request, uint sequence, AttributeSpace? space, scoped in Patience patience, Reception reception, ReadOnlySpan<byte> datagram)
        : this(socket, request, sequence, space, patience)
    {
        _started = true;
        if (reception == Reception.Datagram)
            _datagram = new MessageReader(datagram);
        else
            _lost = true;
    }

    /// <summary>Ends an answer whose first datagram could not be taken, and gives the socket back.</summary>
    internal static void Abandon(NetlinkSocket socket, ReadOnlySpan<byte> request, uint sequence)
    {
        var replies = new ReplyReader(socket, request, sequence, null, default) { _broken = true };
        replies.Dispose();
    }

    /// <summary>The object that <see cref="MoveNext"/> came to, valid until the next call.</summary>
    public readonly NetlinkMessage Current => _datagram.Current;

    /// <summary>How the exchange ended; success until it has.</summary>
    public readonly NetlinkError Error => IsBehind ? throw Behind() : _error;

    /// <summary>
    /// Whether the table changed while it was dumped (<c>NLM_F_DUMP_INTR</c>), so that objects may be missing or doubled. Final
    /// once <see cref="MoveNext"/> has returned false.
    /// </summary>
    public readonly bool Interrupted => IsBehind ? throw Behind() : _interrupted;

    /// <summary>
    /// How a dump ended for who cannot ask again: <see cref="Error"/>, or EINTR where it was <see cref="Interrupted"/>. Final once
    /// <see cref="MoveNext"/> has returned false.
    /// </summary>
    public readonly NetlinkError Outcome => Error.IsSuccess && _interrupted ? Changed : _error;

    /// <summary>Goes to the next object; false at the end of the answer, where <see cref="Error"/> says how it ended.</summary>
    /// <exception cref="NetlinkException">Replies were lost (ENOBUFS), or the socket failed.</exception>
    /// <exception cref="NetlinkFormatException">The bytes make no sense, or a datagram was cut.</exception>
    /// <exception cref="OperationCanceledException">The call's token was cancelled.</exception>
    /// <exception cref="TimeoutException">The kernel did not go on in time.</exception>
    /// <exception cref="InvalidOperationException">A copy of this reader has read on.</exception>
    public bool MoveNext()
    {
        var moved = Advance(wait: true);
        if (!_lost)
            return moved;
        Drain();
        _error = new NetlinkError(Errno.ENOBUFS);
        throw new NetlinkException(_error, "receive: replies were lost");
    }

    /// <summary>Reads what is left of the answer and gives the socket back.</summary>
    public void Dispose()
    {
        if (_socket.Progress.Sequence != _sequence)
            return; // it was disposed of, or a copy of it: the socket may be somebody else's by now
        try
        {
            if (IsBehind)
                GoOn();
            Drain();
        }
        finally
        {
            _socket.Release();
        }
    }

    private bool Advance(bool wait)
    {
        while (!_ended && !_lost)
        {
            _broken = true; // and stays so where the next line throws
            var moved = _datagram.MoveNext();
            _broken = false;
            if (!moved)
                Receive(wait);
            else if (_datagram.Current.Header.nlmsg_seq == _sequence && IsObject()) // another one answers a request that was given up
                return true;
        }

        return false;
    }

    private void Receive(bool wait)
    {
        if (_socket.Progress != (_sequence, _taken))
            throw Behind();
        _socket.Progress = (_sequence, ++_taken);
        _broken = true;
        // Behind the first datagram: what the kernel did is told where it is known, however late.
        if (wait && _started && _patience.IsLimited)
            _patience.ThrowIfOver();
        _started = true;
        switch (_socket.Receive(wait, out var bytes, _patience))
        {
            case Reception.Datagram:
                _datagram = new MessageReader(bytes);
                break;
            case Reception.Lost:
                _lost = true;
                break;
            default:
                _ended = true;
                break;
        }

        _broken = false;
    }

    /// <summary>Whether the message is part of the answer itself; the end of the answer is taken note of.</summary>
    private bool IsObject()
    {
        var message = _datagram.Current;
        _interrupted |= (message.Flags & NLM_F.NLM_F_DUMP_INTR) != 0;
        switch ((NLMSG)message.Type)
        {
            case NLMSG.NLMSG_ERROR:
                End();
                _error = AckReader.ReadError(message, _request, _space);
                return false;
            case NLMSG.NLMSG_DONE:
                End();
                _error = AckReader.ReadDone(message, _request, _space);
                return false;
            case NLMSG.NLMSG_OVERRUN:
                _lost = true;
                return false;
            default:
                return message.Type >= (ushort)NLMSG.NLMSG_MIN_TYPE;
        }
    }

    private void End()
    {
        _ended = true;
        _socket.Progress = (_sequence, Ended);
    }

    /// <summary>Whether a copy of this reader has read on.</summary>
    private readonly bool IsBehind => !_ended && _socket.Progress is var (sequence, taken) && sequence == _sequence && taken != _taken;

    private static InvalidOperationException Behind() => new("A copy of this reader has read on, or was disposed of: a reader is handed on by reference.");

    /// <summary>Takes over from a copy that has read on, wherever it stopped.</summary>
    private void GoOn()
    {
        _ended = _socket.Progress.Taken == Ended;
        _taken = _socket.Progress.Taken;
        _datagram = default; // its bytes are others by now
        _broken = true;
    }

    /// <summary>
    /// Reads to the end of the answer. Once something was malformed or lost the end may be among it; but the kernel answers, and
    /// goes on with a dump, before send and receive return, so that nothing need be waited for.
    /// </summary>
    private void Drain()
    {
        var wait = !_broken && !_lost;
        while (!_ended)
        {
            try
            {
                while (Advance(wait))
                {
                    // Nobody wants it.
                }
            }
            catch (Exception exception) when (exception is NetlinkFormatException or OperationCanceledException or TimeoutException)
            {
                // That datagram is gone now, or nobody waits any more; the end of the answer may be there all the same.
            }
            catch (NetlinkException)
            {
                // Nothing more will come, and sequence numbers keep apart what is late.
                _ended = true;
            }

            wait = _lost = false;
        }
    }
}
