using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VffNetlink.Uapi;

namespace VffNetlink;

/// <summary>
/// Many messages in few system calls, each with a result of its own. A batch is filled, sent, cleared and filled again; its
/// buffer stays. Not for use by several threads at once.
/// </summary>
/// <remarks>
/// Only the last message of a datagram asks for an acknowledgement: refusals come back anyway, matched by sequence number. A
/// datagram never holds more messages than the socket has room for answers. A message counts from <see cref="Commit"/> on, so
/// one whose building failed half-way is never sent.
/// </remarks>
public sealed class NetlinkBatch
{
    /// <summary>What the kernel accounts for one small answer: its bytes, and the bookkeeping around them.</summary>
    private const int AnswerCost = 1536;

    private const int MaximumDatagram = 256 * 1024;

    private byte[] _buffer;
    private int _length;

    /// <summary>An empty batch.</summary>
    /// <param name="capacity">Bytes to start with; the buffer grows as needed.</param>
    public NetlinkBatch(int capacity = 64 * 1024)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, MessageWriter.HeaderSize);
        _buffer = GC.AllocateUninitializedArray<byte>(capacity);
    }

    /// <summary>Messages in it.</summary>
    public int Count { get; private set; }

    /// <summary>Their bytes.</summary>
    public int Length => _length;

    /// <summary>Starts a message behind the last committed one. A message begun before and not committed is dropped.</summary>
    /// <param name="type"><c>nlmsg_type</c>.</param>
    /// <param name="flags"><c>nlmsg_flags</c>; <c>NLM_F_REQUEST</c> is added.</param>
    /// <param name="room">Bytes that the message may take.</param>
    /// <returns>A writer into this batch's buffer, valid until the next call of this method.</returns>
    public MessageWriter Begin(ushort type, NLM_F flags, int room = 4096)
    {
        if (_buffer.Length - _length < room)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + room));
        return MessageWriter.Begin(_buffer.AsSpan(_length), type, flags | NLM_F.NLM_F_REQUEST);
    }

    /// <summary>Takes the message that was begun last into the batch.</summary>
    /// <exception cref="ArgumentException">The writer is not the one that <see cref="Begin"/> returned last.</exception>
    public void Commit(scoped in MessageWriter message)
    {
        var bytes = message.Message;
        if (!Unsafe.AreSame(ref MemoryMarshal.GetReference(bytes), ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_buffer), _length)))
            throw new ArgumentException("Only the message that was begun last can be committed.", nameof(message));
        _length += bytes.Length;
        Count++;
    }

    /// <summary>Takes a finished message into the batch, as it is.</summary>
    public void Add(ReadOnlySpan<byte> message)
    {
        var header = MemoryMarshal.Read<nlmsghdr>(message);
        if (header.nlmsg_len != message.Length || (message.Length & 3) != 0)
            throw new ArgumentException($"A message of {message.Length} bytes says that it has {header.nlmsg_len}.", nameof(message));
        if (_buffer.Length - _length < message.Length)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + message.Length));
        message.CopyTo(_buffer.AsSpan(_length));
        _length += message.Length;
        Count++;
    }

    /// <summary>Empties the batch and keeps its buffer.</summary>
    public void Clear()
    {
        _length = 0;
        Count = 0;
    }

    /// <summary>Sends everything and waits for the results. The batch keeps its messages.</summary>
    /// <exception cref="NetlinkException">Sending failed: none of the messages of that datagram, nor any behind it, was taken.</exception>
    public BatchResult Send(NetlinkSocket socket, AttributeSpace? space = null)
    {
        var ignore = default(NoSink);
        return Send(socket, ref ignore, space);
    }

    /// <summary>Sends everything and hands each reply and refusal to <paramref name="sink"/>. The batch keeps its messages.</summary>
    /// <param name="socket">Held until the last answer is in.</param>
    /// <param name="sink">Where answers go, with the index of the message they answer.</param>
    /// <param name="space">Names for the attributes that errors point to.</param>
    /// <exception cref="NetlinkException">Sending failed: none of the messages of that datagram, nor any behind it, was taken.</exception>
    /// <exception cref="NetlinkFormatException">An answer made no sense.</exception>
    /// <exception cref="TimeoutException">The kernel did not answer in time.</exception>
    public BatchResult Send<TSink>(NetlinkSocket socket, ref TSink sink, AttributeSpace? space = null)
        where TSink : struct, IBatchSink, allows ref struct
    {
        ArgumentNullException.ThrowIfNull(socket);
        var limit = Math.Max(1, socket.AnswerRoom / AnswerCost);
        int sent = 0, refused = 0, start = 0;
        var lost = false;
        socket.Acquire();
        try
        {
            while (start < _length)
            {
                var end = Stamp(socket, start, limit, out var count, out var first);
                socket.SendDatagram(_buffer.AsSpan(start, end - start));
                refused += ReadAnswers(socket, ref sink, space, new Part(start, end, first, count, sent), ref lost);
                sent += count;
                start = end;
            }
        }
        finally
        {
            socket.Release();
        }

        return new BatchResult(sent, refused, lost);
    }

    /// <summary>Numbers the messages of the next datagram; its last one asks for an acknowledgement.</summary>
    private int Stamp(NetlinkSocket socket, int start, int limit, out int count, out uint first)
    {
        var end = start;
        var last = start;
        for (count = 0; end < _length && count < limit; count++)
        {
            var length = BitConverter.ToInt32(_buffer, end);
            if (count > 0 && end + length - start > MaximumDatagram)
                break;
            last = end;
            end += length;
        }

        first = socket.TakeSequences(count);
        var sequence = first;
        for (var at = start; at < end; sequence++)
        {
            ref var header = ref Unsafe.As<byte, nlmsghdr>(ref _buffer[at]);
            header.nlmsg_seq = sequence;
            header.nlmsg_flags = at == last ? header.nlmsg_flags | NLM_F.NLM_F_ACK : header.nlmsg_flags & ~NLM_F.NLM_F_ACK;
            at += (int)header.nlmsg_len;
        }

        return end;
    }

    private int ReadAnswers<TSink>(NetlinkSocket socket, ref TSink sink, AttributeSpace? space, in Part part, ref bool lost)
        where TSink : struct, IBatchSink, allows ref struct
    {
        var refused = 0;
        var here = false;
        while (true)
        {
            // Once answers were lost the last one may be among them. All that were kept are queued by now, so nothing is waited for.
            var datagram = socket.ReceiveDatagram(wait: !here, out var nothing);
            if (nothing)
                return refused;
            if (datagram.IsEmpty)
            {
                lost = here = true;
                continue;
            }

            foreach (var message in new MessageReader(datagram))
            {
                var index = message.Header.nlmsg_seq - part.First;
                if (index >= (uint)part.Count)
                    continue; // the late answer of a request that was given up
                if (message.Type != (ushort)NLMSG.NLMSG_ERROR)
                {
                    sink.Reply(part.Index + (int)index, message);
                    continue;
                }

                var error = AckReader.ReadError(message, MessageAt(part, (int)index), space);
                if (!error.IsSuccess)
                {
                    refused++;
                    sink.Refused(part.Index + (int)index, error);
                }

                if (index == part.Count - 1)
                    return refused;
            }
        }
    }

    private ReadOnlySpan<byte> MessageAt(in Part part, int index)
    {
        var at = part.Start;
        for (; index > 0; index--)
            at += BitConverter.ToInt32(_buffer, at);
        return _buffer.AsSpan(at, BitConverter.ToInt32(_buffer, at));
    }

    /// <summary>One datagram of the batch.</summary>
    /// <param name="Start">Where it starts in the buffer.</param>
    /// <param name="End">Where it ends.</param>
    /// <param name="First">Its first sequence number.</param>
    /// <param name="Count">Its messages.</param>
    /// <param name="Index">The index of its first message in the batch.</param>
    private readonly record struct Part(int Start, int End, uint First, int Count, int Index);

    private readonly struct NoSink : IBatchSink
    {
        public void Reply(int index, scoped in NetlinkMessage message)
        {
        }

        public void Refused(int index, in NetlinkError error)
        {
        }
    }
}
