using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace VffQos.Lab;

/// <summary>An end of a TCP connection. The kernel counts what arrived, pure acknowledgements included, to the segment.</summary>
internal sealed class TcpFlowEnd : FlowEnd
{
    private const int IpProtoTcp = 6;
    private const int TcpInfo = 11;
    private const int TcpCongestion = 13;
    private const int OptionsOffset = 5;
    private const int BytesReceivedOffset = 128;
    private const int SegmentsInOffset = 140;
    private const byte HasTimestamps = 1; // TCPI_OPT_TIMESTAMPS
    private const int Header = 20;
    private const int TimestampsLength = 12;

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
        socket.NoDelay = true;
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
    protected override int Send(bool isPaced)
    {
        var length = isPaced ? 1500 - NetworkHeader - Header - TimestampsLength : _sent.Length;
        var sent = Socket.Send(_sent.AsSpan(0, length), SocketFlags.None, out var error);
        if (error != SocketError.Success && !IsStopping)
            throw new SocketException((int)error);
        return sent + EthernetHeader + NetworkHeader + Header + TimestampsLength;
    }

    private void Count()
    {
        if (IsStopping)
            return;
        Span<byte> info = stackalloc byte[SegmentsInOffset + sizeof(uint)];
        lock (_lock)
        {
            Socket.GetRawSocketOption(IpProtoTcp, TcpInfo, info);
            var header = EthernetHeader + NetworkHeader + Header + ((info[OptionsOffset] & HasTimestamps) != 0 ? TimestampsLength : 0);
            var total = MemoryMarshal.Read<long>(info[BytesReceivedOffset..]) + (long)MemoryMarshal.Read<uint>(info[SegmentsInOffset..]) * header;
            if (total > _wireBytes)
                Arrivals.Add(total - _wireBytes);
            Volatile.Write(ref _wireBytes, total);
        }
    }
}
