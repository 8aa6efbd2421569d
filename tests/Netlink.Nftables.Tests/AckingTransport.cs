using System.Runtime.InteropServices;
using VffNetlink.Uapi;

namespace VffNetlink.Nftables.Tests;

/// <summary>A kernel that acknowledges whatever asks for it, or refuses every message with one error, and allocates nothing while it does.</summary>
internal sealed class AckingTransport : INetlinkTransport
{
    private const int AckSize = 36;

    private readonly byte[] _answers = new byte[64 * 1024];
    private int _length;

    /// <summary>The error number of every message; 0: only the acknowledgement that was asked for.</summary>
    public int Errno { get; set; }

    /// <summary>Messages that answer every request outside a transaction instead, once they have its number.</summary>
    public byte[]? Reply { get; init; }

    public int Descriptor => -1;

    public uint PortId => 1;

    public int ReceiveRoom => 1 << 20;

    public int SendRoom => 1 << 24;

    public int Send(ReadOnlySpan<byte> datagram)
    {
        _length = 0;
        if (Reply is not null)
            return Replay(MemoryMarshal.Read<nlmsghdr>(datagram).nlmsg_seq);
        while (!datagram.IsEmpty)
        {
            var header = MemoryMarshal.Read<nlmsghdr>(datagram);
            var isBracket = header.nlmsg_type is 0x10 or 0x11;
            if (!isBracket && (Errno != 0 || (header.nlmsg_flags & NLM_F.NLM_F_ACK) != 0))
                Answer(header);
            datagram = datagram[(int)header.nlmsg_len..];
        }

        return 0;
    }

    public int Receive(Span<byte> buffer, out ReceivedDatagram received)
    {
        received = new ReceivedDatagram(_length, 0);
        if (_length == 0)
            return VffNetlink.Errno.EAGAIN;
        _answers.AsSpan(0, _length).CopyTo(buffer);
        _length = 0;
        return 0;
    }

    public bool Wait(int milliseconds, CancellationToken cancellation) => false;

    public void Dispose()
    {
    }

    private int Replay(uint sequence)
    {
        Reply!.CopyTo(_answers, 0);
        _length = Reply!.Length;
        for (var at = 0; at < _length; at += (BitConverter.ToInt32(_answers, at) + 3) & ~3)
            BitConverter.TryWriteBytes(_answers.AsSpan(at + 8), sequence);
        return 0;
    }

    private void Answer(in nlmsghdr request)
    {
        var answer = _answers.AsSpan(_length, AckSize);
        MemoryMarshal.Write(answer, new nlmsghdr { nlmsg_len = AckSize, nlmsg_type = (ushort)NLMSG.NLMSG_ERROR, nlmsg_flags = NLM_F.NLM_F_CAPPED, nlmsg_seq = request.nlmsg_seq });
        BitConverter.TryWriteBytes(answer[16..], -Errno);
        MemoryMarshal.Write(answer[20..], request);
        _length += AckSize;
    }
}
