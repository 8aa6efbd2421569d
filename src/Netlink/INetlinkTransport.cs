namespace VffNetlink;

/// <summary>Datagrams out and in: the seam below which tests put a scripted kernel.</summary>
internal interface INetlinkTransport : IDisposable
{
    /// <summary>The descriptor to poll, or -1 where there is none.</summary>
    int Descriptor { get; }

    /// <summary>The port that the kernel gave this socket.</summary>
    uint PortId { get; }

    /// <summary>Bytes of answers that the kernel can hold, as it counts them: bookkeeping included.</summary>
    int ReceiveRoom { get; }

    /// <summary>Bytes of the longest datagram that can be sent.</summary>
    int SendRoom { get; }

    /// <summary>Raises the send buffer for a datagram of <paramref name="length"/> bytes as far as that is allowed. Returns the new <see cref="SendRoom"/>.</summary>
    int RaiseSendRoom(int length) => SendRoom;

    /// <summary>Subscribes to a group.</summary>
    void Join(uint group) => throw new NotSupportedException();

    /// <summary>Ends a subscription.</summary>
    void Leave(uint group) => throw new NotSupportedException();

    /// <summary>Sends one datagram to the kernel. Returns 0 or a positive error number (EINTR: nothing was sent, try again).</summary>
    int Send(ReadOnlySpan<byte> datagram);

    /// <summary>Takes one datagram without waiting. Returns 0 or a positive error number (EAGAIN: nothing there; EINTR: try again).</summary>
    /// <param name="buffer">Where it goes.</param>
    /// <param name="received">What came.</param>
    int Receive(Span<byte> buffer, out ReceivedDatagram received);

    /// <summary>Waits until there is something to take, or an error to learn of; false where the time ran out.</summary>
    /// <param name="milliseconds">-1: without end.</param>
    /// <param name="cancellation">Ends the wait with <see cref="OperationCanceledException"/>.</param>
    bool Wait(int milliseconds, CancellationToken cancellation);
}
