using System.Buffers.Binary;
using System.Net.Sockets;
using VffNetlink.Tc;

namespace VffQos.Lab;

/// <summary>An end of a UDP flow. Its datagrams are numbered; what a full queue dropped shows in the numbers.</summary>
internal sealed class UdpFlowEnd : FlowEnd
{
    /// <summary>The number of datagrams that only open the flow.</summary>
    private const ulong Hello = ulong.MaxValue;

    private const int Header = 8;
    private const int SoReceiveBufferForce = 33; // SO_RCVBUFFORCE
    private const int ReceiveBuffer = 4 << 20;
    private static readonly TimeSpan HelloInterval = TimeSpan.FromMilliseconds(200);

    private readonly byte[] _received = new byte[64 * 1024];
    private readonly byte[] _sent;
    private ulong _nextToSend;
    private ulong _nextToReceive;
    private long _wireBytes;
    private long _lost;

    /// <summary>An end on a connected socket, which it owns from now on.</summary>
    public UdpFlowEnd(TrafficFlow flow, Socket socket, FlowSide side)
        : base(flow, socket, side)
    {
        _sent = new byte[Math.Max(flow.Options.DatagramSize, sizeof(ulong))];
        // Holds what comes while the reader waits for a processor, so that only the network loses datagrams.
        socket.SetRawSocketOption(SolSocket, SoReceiveBufferForce, BitConverter.GetBytes(ReceiveBuffer));
    }

    /// <inheritdoc/>
    public override long ReceivedWireBytes => Volatile.Read(ref _wireBytes);

    /// <summary>Datagrams that the other end sent and that came neither before nor right behind their successors.</summary>
    public long Lost => Volatile.Read(ref _lost);

    /// <summary>Opens the flow from the client's side: knocks until the server answers.</summary>
    /// <returns>False where the flow was stopped meanwhile.</returns>
    public bool Knock()
    {
        Socket.ReceiveTimeout = (int)HelloInterval.TotalMilliseconds;
        while (!IsStopping)
        {
            SendHello();
            if (Socket.Receive(_received, SocketFlags.None, out var error) > 0 && error == SocketError.Success)
            {
                Socket.ReceiveTimeout = 0;
                return true;
            }
        }

        return false;
    }

    /// <summary>Sends a datagram that opens the flow or answers such a one.</summary>
    public void SendHello()
    {
        Span<byte> hello = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(hello, Hello);
        Socket.Send(hello, SocketFlags.None, out var error);
        ThrowUnlessLoss(error);
    }

    /// <inheritdoc/>
    protected override bool Receive()
    {
        var length = Socket.Receive(_received, SocketFlags.None, out var error);
        if (error != SocketError.Success)
        {
            ThrowUnlessLoss(error);
            return true;
        }

        if (length < sizeof(ulong))
            return !IsStopping;
        var wire = EthernetHeader + NetworkHeader + Header + length;
        Volatile.Write(ref _wireBytes, _wireBytes + wire);
        Arrivals.Add(wire);
        CountLost(BinaryPrimitives.ReadUInt64BigEndian(_received));
        return true;
    }

    /// <inheritdoc/>
    protected override void SendAt(Rate rate)
    {
        var pacer = new Pacer(rate);
        while (MaySend())
        {
            while (pacer.Due > 0 && !IsStopping)
            {
                BinaryPrimitives.WriteUInt64BigEndian(_sent, _nextToSend++);
                Socket.Send(_sent, SocketFlags.None, out var error);
                ThrowUnlessLoss(error);
                pacer.Spend(EthernetHeader + NetworkHeader + Header + _sent.Length);
            }

            Thread.Sleep(Pacer.Interval);
        }
    }

    private void CountLost(ulong number)
    {
        if (number == Hello)
            return;
        if (number >= _nextToReceive)
        {
            Volatile.Write(ref _lost, _lost + (long)(number - _nextToReceive));
            _nextToReceive = number + 1;
        }
        else
        {
            // Late, not lost.
            Volatile.Write(ref _lost, _lost - 1);
        }
    }

    /// <summary>A link that is down or away and a peer that is not there yet are what UDP calls loss.</summary>
    private void ThrowUnlessLoss(SocketError error)
    {
        if (error is not (SocketError.Success or SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.NetworkDown
            or SocketError.ConnectionRefused or SocketError.NoBufferSpaceAvailable) && !IsStopping)
            throw new SocketException((int)error);
    }
}
