using VffNetlink.Uapi;

namespace VffNetlink.Testing;

/// <summary>
/// A kernel that follows a script: each datagram that is sent is kept, and answered by what the script makes of it; receives
/// bring the queued datagrams and errors in order.
/// </summary>
internal sealed class ScriptedTransport : INetlinkTransport
{
    private readonly Queue<(int Errno, byte[] Bytes, uint Sender)> _incoming = new();

    /// <summary>What was sent, datagram by datagram.</summary>
    public List<byte[]> Sent { get; } = [];

    /// <summary>Called with each datagram that is sent; queues answers with <see cref="Reply"/>.</summary>
    public Action<byte[]>? OnSend { get; set; }

    /// <summary>Called when somebody waits and nothing is queued; false lets the wait time out.</summary>
    public Func<bool>? OnWait { get; set; }

    /// <summary>The error number that the next send fails with.</summary>
    public int SendErrno { get; set; }

    /// <summary>How often something was asked for, and waited for.</summary>
    public (int Receives, int Waits) Calls { get; private set; }

    /// <summary>The groups that were joined and not left.</summary>
    public SortedSet<uint> Groups { get; } = [];

    /// <summary>Datagrams and failures that nobody took yet.</summary>
    public int Pending => _incoming.Count;

    public int Descriptor => -1;

    public uint PortId => 4711;

    public int ReceiveRoom { get; set; } = 212_992;

    public int SendRoom { get; set; } = 212_960;

    public bool IsDisposed { get; private set; }

    /// <summary>Queues a datagram.</summary>
    public void Reply(byte[] datagram, uint sender = 0) => _incoming.Enqueue((0, datagram, sender));

    /// <summary>Queues a failure of receive.</summary>
    public void Fail(int errno) => _incoming.Enqueue((errno, [], 0));

    public int Send(ReadOnlySpan<byte> datagram)
    {
        if (SendErrno != 0)
        {
            var errno = SendErrno;
            SendErrno = 0;
            return errno;
        }

        var copy = datagram.ToArray();
        Sent.Add(copy);
        OnSend?.Invoke(copy);
        return 0;
    }

    public int Receive(Span<byte> buffer, out ReceivedDatagram received)
    {
        Calls = Calls with { Receives = Calls.Receives + 1 };
        received = default;
        if (!_incoming.TryDequeue(out var next))
            return Errno.EAGAIN;
        if (next.Errno != 0)
            return next.Errno;
        next.Bytes.AsSpan(0, Math.Min(next.Bytes.Length, buffer.Length)).CopyTo(buffer);
        received = new ReceivedDatagram(next.Bytes.Length, next.Sender);
        return 0;
    }

    public bool Wait(int milliseconds, CancellationToken cancellation)
    {
        Calls = Calls with { Waits = Calls.Waits + 1 };
        if (_incoming.Count > 0 || (OnWait?.Invoke() ?? false))
            return true;
        cancellation.ThrowIfCancellationRequested();
        return false;
    }

    public void Join(uint group) => Groups.Add(group);

    public void Leave(uint group) => Groups.Remove(group);

    public void Dispose() => IsDisposed = true;

    /// <summary>A message with a payload.</summary>
    public static byte[] Message(ushort type, NLM_F flags, uint sequence, ReadOnlySpan<byte> payload)
    {
        var bytes = new byte[(16 + payload.Length + 3) & ~3];
        MessageWriter.Begin(bytes, type, flags);
        BitConverter.TryWriteBytes(bytes, 16 + payload.Length);
        BitConverter.TryWriteBytes(bytes.AsSpan(8), sequence);
        payload.CopyTo(bytes.AsSpan(16));
        return bytes;
    }

    /// <summary>An acknowledgement (0) or refusal of a request, capped, with or without attributes.</summary>
    public static byte[] Ack(ReadOnlySpan<byte> request, int errno, ReadOnlySpan<byte> attributes = default)
    {
        var payload = new byte[4 + 16 + attributes.Length];
        BitConverter.TryWriteBytes(payload, -errno);
        request[..16].CopyTo(payload.AsSpan(4));
        attributes.CopyTo(payload.AsSpan(20));
        return Message((ushort)NLMSG.NLMSG_ERROR, NLM_F.NLM_F_CAPPED | (attributes.IsEmpty ? 0 : NLM_F.NLM_F_ACK_TLVS), SequenceOf(request), payload);
    }

    /// <summary>The sequence number of a message.</summary>
    public static uint SequenceOf(ReadOnlySpan<byte> message) => BitConverter.ToUInt32(message[8..]);
}
