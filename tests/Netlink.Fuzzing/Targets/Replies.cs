using System.Runtime.InteropServices;
using VffNetlink.Uapi;

namespace VffNetlink.Fuzzing.Targets;

/// <summary>What a socket makes of an answer: a datagram that may be anything, then the end that every dump has.</summary>
internal static class Replies
{
    [ThreadStatic]
    private static Answers? _kernel;

    [ThreadStatic]
    private static NetlinkSocket? _socket;

    /// <summary>Asks, and reads the message as part of the answer.</summary>
    public static void Read(scoped in NetlinkMessage message)
    {
        _kernel ??= new Answers();
        _socket ??= new NetlinkSocket(_kernel);
        _kernel.Answer(message);
        Span<byte> buffer = stackalloc byte[32];
        var request = MessageWriter.Begin(buffer, (ushort)RTM.RTM_GETLINK, NLM_F.NLM_F_DUMP);
        request.PutHeader<ifinfomsg, IFLA>(default);
        try
        {
            using var replies = _socket.Exchange(request.Message);
            while (replies.MoveNext())
                _ = replies.Current.Payload.Length;
            if (replies.Error.Number is < 0 or > AckReader.MaximumErrno)
                throw new InvalidOperationException($"The answer ended with {replies.Error.Number}.");
        }
        catch (NetlinkException exception) when (exception.Error.Number == Errno.ENOBUFS && message.Type == (ushort)NLMSG.NLMSG_OVERRUN)
        {
            // The message says that others were lost.
        }
    }

    /// <summary>A kernel that answers every request with one message and the end.</summary>
    private sealed class Answers : INetlinkTransport
    {
        private readonly byte[] _message = new byte[MessageMaker.Capacity + 64];
        private int _length;
        private int _sent = 2;

        public int Descriptor => -1;

        public uint PortId => 4711;

        public int ReceiveRoom => 1 << 20;

        public int SendRoom => 1 << 20;

        /// <summary>Sets the message; its sequence number is the request's.</summary>
        public void Answer(scoped in NetlinkMessage message)
        {
            var header = message.Header;
            MemoryMarshal.Write(_message, header);
            message.Payload.CopyTo(_message.AsSpan(16));
            _length = 16 + message.Payload.Length;
        }

        public int Send(ReadOnlySpan<byte> datagram)
        {
            _sent = 0;
            datagram.Slice(8, 4).CopyTo(_message.AsSpan(8));
            return 0;
        }

        public int Receive(Span<byte> buffer, out ReceivedDatagram received)
        {
            received = default;
            if (_sent == 2)
                return Errno.EAGAIN;
            if (_sent++ == 0)
            {
                _message.AsSpan(0, Math.Min(_length, buffer.Length)).CopyTo(buffer);
                received = new ReceivedDatagram(_length, 0);
                return 0;
            }

            var end = buffer[..20];
            end.Clear();
            BitConverter.TryWriteBytes(end, 20);
            BitConverter.TryWriteBytes(end[4..], (ushort)NLMSG.NLMSG_DONE);
            BitConverter.TryWriteBytes(end[6..], (ushort)NLM_F.NLM_F_MULTI);
            _message.AsSpan(8, 4).CopyTo(end[8..]);
            received = new ReceivedDatagram(end.Length, 0);
            return 0;
        }

        public bool Wait(int milliseconds, CancellationToken cancellation) => _sent < 2;

        public void Dispose()
        {
        }
    }
}
