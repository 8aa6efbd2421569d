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
/// </remarks>
public ref struct ReplyReader : IDisposable
{
    private readonly NetlinkSocket _socket;
    private readonly ReadOnlySpan<byte> _request;
    private readonly uint _sequence;
    private readonly AttributeSpace? _space;
    private MessageReader _datagram;
    private bool _ended;
    private bool _disposed;

    internal ReplyReader(NetlinkSocket socket, ReadOnlySpan<byte> request, uint sequence, AttributeSpace? space)
    {
        _socket = socket;
        _request = request;
        _sequence = sequence;
        _space = space;
    }

    /// <summary>The object that <see cref="MoveNext"/> came to, valid until the next call.</summary>
    public readonly NetlinkMessage Current => _datagram.Current;

    /// <summary>How the exchange ended; success until it has.</summary>
    public NetlinkError Error { get; private set; }

    /// <summary>
    /// Whether the table changed while it was dumped (<c>NLM_F_DUMP_INTR</c>), so that objects may be missing or doubled. Final
    /// once <see cref="MoveNext"/> has returned false.
    /// </summary>
    public bool Interrupted { get; private set; }

    /// <summary>Goes to the next object; false at the end of the answer, where <see cref="Error"/> says how it ended.</summary>
    /// <exception cref="NetlinkException">Replies were lost (ENOBUFS), or the socket failed.</exception>
    /// <exception cref="NetlinkFormatException">The bytes make no sense, or a datagram was cut.</exception>
    /// <exception cref="TimeoutException">The kernel did not go on in time.</exception>
    public bool MoveNext()
    {
        while (!_ended)
        {
            if (!MoveToMessage())
                continue;
            var message = _datagram.Current;
            if (message.Header.nlmsg_seq != _sequence)
                continue; // the late answer of a request that was given up
            Interrupted |= (message.Flags & NLM_F.NLM_F_DUMP_INTR) != 0;
            switch ((NLMSG)message.Type)
            {
                case NLMSG.NLMSG_ERROR:
                    _ended = true;
                    Error = AckReader.ReadError(message, _request, _space);
                    return false;
                case NLMSG.NLMSG_DONE:
                    _ended = true;
                    Error = AckReader.ReadDone(message, _request, _space);
                    return false;
                case NLMSG.NLMSG_NOOP:
                    continue;
                default:
                    return true;
            }
        }

        return false;
    }

    /// <summary>Reads what is left of the answer and gives the socket back.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        try
        {
            while (!_ended)
                Drain();
        }
        finally
        {
            _socket.Release();
        }
    }

    private bool MoveToMessage()
    {
        var datagram = _datagram;
        _datagram = default; // a datagram that turns out malformed is not walked again
        if (datagram.MoveNext())
        {
            _datagram = datagram;
            return true;
        }

        var bytes = _socket.ReceiveDatagram(wait: true, out _);
        if (bytes.IsEmpty)
        {
            _ended = true;
            throw new NetlinkException(Errno.ENOBUFS, "receive: replies were lost");
        }

        _datagram = new MessageReader(bytes);
        return false;
    }

    private void Drain()
    {
        try
        {
            while (MoveNext())
            {
            }
        }
        catch (NetlinkFormatException)
        {
            // Each malformed datagram is gone now; the end of the answer is still to come.
        }
        catch (Exception exception) when (exception is TimeoutException or NetlinkException)
        {
            // Nothing more will come. The caller is leaving anyway, and sequence numbers keep apart what is late.
            _ended = true;
        }
    }
}
