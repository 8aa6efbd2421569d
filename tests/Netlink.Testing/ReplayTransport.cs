using System.Runtime.InteropServices;

namespace VffNetlink.Testing;

/// <summary>
/// A kernel that gives the same answer to every request and allocates nothing: for measuring what the library allocates. The sequence
/// numbers of the answer count from 0, the request's first message; events come without a request.
/// </summary>
internal sealed class ReplayTransport : INetlinkTransport
{
    private readonly byte[][] _datagrams;
    private int _next;
    private uint _sequence;

    /// <summary>A kernel that answers with <paramref name="datagrams"/>.</summary>
    public ReplayTransport(params byte[][] datagrams)
    {
        _datagrams = datagrams;
        _next = datagrams.Length;
    }

    public int Descriptor => -1;

    public uint PortId => 4711;

    public int ReceiveRoom => 1 << 20;

    public int SendRoom => 1 << 20;

    public int Send(ReadOnlySpan<byte> datagram)
    {
        _sequence = BitConverter.ToUInt32(datagram[8..]);
        Rewind();
        return 0;
    }

    /// <summary>Queues the datagrams again.</summary>
    public void Rewind() => _next = 0;

    public int Receive(Span<byte> buffer, out ReceivedDatagram received)
    {
        received = default;
        if (_next == _datagrams.Length)
            return Errno.EAGAIN;
        var datagram = _datagrams[_next++];
        datagram.CopyTo(buffer);
        for (var at = 0; at + 16 <= datagram.Length; at += (BitConverter.ToInt32(datagram, at) + 3) & ~3)
        {
            var sequence = BitConverter.ToUInt32(datagram, at + 8) + _sequence;
            MemoryMarshal.Write(buffer[(at + 8)..], sequence);
        }

        received = new ReceivedDatagram(datagram.Length, 0);
        return 0;
    }

    public bool Wait(int milliseconds, CancellationToken cancellation) => _next < _datagrams.Length;

    public void Dispose()
    {
    }
}
