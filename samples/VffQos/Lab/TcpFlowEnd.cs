using System.Net.Sockets;
using System.Runtime.InteropServices;
using VffNetlink.Tc;

namespace VffQos.Lab;

/// <summary>
/// An end of a TCP connection. The kernel counts the segments that arrive, pure acknowledgements and second copies included, when they
/// arrive; those with data are full.
/// </summary>
/// <remarks>
/// What the socket hands out tells too little: what came behind a lost segment shows there only when that one was sent again, which on a
/// slow link takes seconds.
/// </remarks>
internal sealed class TcpFlowEnd : FlowEnd
{
    private const int IpProtoTcp = 6;
    private const int TcpInfo = 11;
    private const int TcpCongestion = 13;
    private const int SegmentsInOffset = 140;
    private const int DataSegmentsInOffset = 152;
    private const int Header = 20;
    private const int TimestampsLength = 12;
    private const int Mtu = 1500;
    private const int SoMaxPacingRate = 47;
    private const int TcpNotSentLowAt = 25;

    private readonly byte[] _received = new byte[64 * 1024];
    private readonly byte[] _sent = new byte[64 * 1024];
    private readonly Lock _lock = new();
    private long _wireBytes;

    /// <summary>An end on a connected socket, which it owns from now on.</summary>
    public TcpFlowEnd(TrafficFlow flow, Socket socket, FlowSide side)
        : base(flow, socket, side)
    {
        // Nothing stays in a queue when the flow ends: closing resets the connection.
        socket.LingerState = new LingerOption(true, 0);
        // Nagle's algorithm: no segment goes out half full while another is on its way.
        socket.NoDelay = false;
        // Little is left to go out when the flow is paused.
        socket.SetRawSocketOption(IpProtoTcp, TcpNotSentLowAt, BitConverter.GetBytes(_sent.Length));
        // The kernel's default may be another one, and some of those need a fair queue below them to reach a limit.
        socket.SetRawSocketOption(IpProtoTcp, TcpCongestion, "reno"u8);
    }

    /// <inheritdoc/>
    public override long ReceivedWireBytes
    {
        get
        {
            Count();
            return Volatile.Read(ref _wireBytes);
        }
    }

    /// <inheritdoc/>
    protected override bool Receive()
    {
        var length = Socket.Receive(_received, SocketFlags.None, out var error);
        if (length > 0)
        {
            Count();
            return true;
        }

        return IsStopping ? false : throw new SocketException((int)(error == SocketError.Success ? SocketError.Disconnecting : error));
    }

    /// <inheritdoc/>
    protected override void SendAt(Rate rate)
    {
        // The kernel paces it: no thread wakes up for every few segments.
        if (rate != FlowOptions.Unpaced)
            Socket.SetRawSocketOption(SolSocket, SoMaxPacingRate, BitConverter.GetBytes(rate.BytesPerSecond * (ulong)SegmentPayload / (ulong)(SegmentPayload + HeaderLength)));
        while (MaySend())
        {
            Socket.Send(_sent, SocketFlags.None, out var error);
            if (error != SocketError.Success && !IsStopping)
                throw new SocketException((int)error);
        }
    }

    /// <summary>Ethernet, IP and TCP with timestamps, which both of the laboratory's ends speak.</summary>
    private int HeaderLength => EthernetHeader + NetworkHeader + Header + TimestampsLength;

    private int SegmentPayload => Mtu - (HeaderLength - EthernetHeader);

    private void Count()
    {
        if (IsStopping)
            return;
        Span<byte> info = stackalloc byte[DataSegmentsInOffset + sizeof(uint)];
        lock (_lock)
        {
            Socket.GetRawSocketOption(IpProtoTcp, TcpInfo, info);
            var total = (long)MemoryMarshal.Read<uint>(info[SegmentsInOffset..]) * HeaderLength
                + (long)MemoryMarshal.Read<uint>(info[DataSegmentsInOffset..]) * SegmentPayload;
            if (total > _wireBytes)
                Arrivals.Add(total - _wireBytes);
            Volatile.Write(ref _wireBytes, total);
        }
    }
}
