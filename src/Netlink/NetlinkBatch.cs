using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VffNetlink.Uapi;

namespace VffNetlink;

/// <summary>
/// Many messages in few system calls, each with a result of its own. A batch is filled, sent, cleared and filled again; its
/// buffer stays. Not for use by several threads at once.
/// </summary>
/// <remarks>
/// Only the last message of a datagram asks for an acknowledgement: refusals come back anyway, matched by sequence number. Warnings that a success may carry
/// do not: whoever wants them sends message by message. A datagram never holds more messages than the socket has room for answers of up to a page
/// each. A message counts from <see cref="Commit(in MessageWriter)"/> on, so one whose building failed half-way is never sent. Dumps have no place in a batch.
/// </remarks>
public sealed class NetlinkBatch
{
    /// <summary>
    /// What the kernel accounts at most for one answer of up to a page: its bytes, and the bookkeeping around them. Measured on
    /// 6.18 (SO_MEMINFO): 832 for an acknowledgement or a refusal with text and policy, 832 to 1,280 for a qdisc, a flow or a rule, 2,304
    /// for a link, 4,352 for one with an alias, and for whatever else fills more than half of its page.
    /// </summary>
    internal const int AnswerCost = 4608;

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
    /// <param name="room">Bytes that it has room for at least.</param>
    /// <returns>A writer into this batch's buffer, valid until the next call of this method.</returns>
    public MessageWriter Begin(ushort type, NLM_F flags, int room = 4096)
    {
        if (_buffer.Length - _length < room)
            Grow(room);
        return MessageWriter.Begin(_buffer.AsSpan(_length), type, flags | NLM_F.NLM_F_REQUEST);
    }

    /// <summary>Copies a prepared message behind the last committed one, to set its values there. A message begun before and not committed is dropped.</summary>
    /// <returns>A view of this batch's buffer, valid until the next call of this method.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public MessagePatch Begin(PreparedMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (_buffer.Length - _length < message.Length)
            Grow(message.Length);
        return message.CopyTo(_buffer.AsSpan(_length));
    }

    /// <summary>Takes the prepared message that was begun last into the batch.</summary>
    /// <exception cref="ArgumentException">The message is not the one that <see cref="Begin(PreparedMessage)"/> returned last.</exception>
    public void Commit(scoped in MessagePatch message) => Commit(message.Message);

    /// <summary>Takes the message that was begun last into the batch.</summary>
    /// <exception cref="ArgumentException">The writer is not the one that <see cref="Begin(ushort, NLM_F, int)"/> returned last.</exception>
    public void Commit(scoped in MessageWriter message) => Commit(message.Message);

    /// <summary>Takes a copy of a finished message into the batch; <c>NLM_F_REQUEST</c> is added.</summary>
    /// <exception cref="ArgumentException">It is not exactly one message.</exception>
    public void Add(ReadOnlySpan<byte> message)
    {
        Throw.IfNotOneMessage(message);
        if (_buffer.Length - _length < message.Length)
            Grow(message.Length);
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
    public BatchResult Send(NetlinkSocket socket, AttributeSpace? space = null, WaitLimit limit = default)
    {
        var ignore = default(NoSink);
        return Send(socket, ref ignore, space, limit);
    }

    /// <summary>Sends everything and hands each reply and refusal to <paramref name="sink"/>. The batch keeps its messages.</summary>
    /// <param name="socket">Held until the last answer is in.</param>
    /// <param name="sink">
    /// Where answers go, with the index of the message they answer. Where it throws, the rest of that datagram's answers is dropped, and
    /// the datagrams behind are not sent.
    /// </param>
    /// <param name="space">Names for the attributes that errors point to.</param>
    /// <param name="limit">How long it may take. It ends between two datagrams, or while answers are waited for.</param>
    /// <exception cref="NetlinkException">Sending failed: none of the messages of that datagram, nor any behind it, was taken.</exception>
    /// <exception cref="NetlinkFormatException">An answer made no sense.</exception>
    /// <exception cref="OperationCanceledException">The limit's token was cancelled; the text says how many messages had been answered.</exception>
    /// <exception cref="TimeoutException">The kernel did not answer in time; the text says how many messages had been answered.</exception>
    public BatchResult Send<TSink>(NetlinkSocket socket, ref TSink sink, AttributeSpace? space = null, WaitLimit limit = default)
        where TSink : struct, IBatchSink, allows ref struct => Send(socket, ref sink, new Names(space, null), limit);

    /// <summary>Sends everything and hands each reply and refusal to <paramref name="sink"/>. The batch keeps its messages.</summary>
    /// <param name="socket">Held until the last answer is in.</param>
    /// <param name="sink">Where answers go, as in the other form.</param>
    /// <param name="spaceOf">From a message's type to the names for its attributes, where a batch has messages about all kinds of objects.</param>
    /// <param name="limit">How long it may take. It ends between two datagrams, or while answers are waited for.</param>
    /// <inheritdoc cref="Send{TSink}(NetlinkSocket, ref TSink, AttributeSpace?, WaitLimit)" path="/exception"/>
    public BatchResult Send<TSink>(NetlinkSocket socket, ref TSink sink, Func<ushort, AttributeSpace?> spaceOf, WaitLimit limit = default)
        where TSink : struct, IBatchSink, allows ref struct
    {
        ArgumentNullException.ThrowIfNull(spaceOf);
        return Send(socket, ref sink, new Names(null, spaceOf), limit);
    }

    private BatchResult Send<TSink>(NetlinkSocket socket, ref TSink sink, Names names, WaitLimit limit)
        where TSink : struct, IBatchSink, allows ref struct
    {
        ArgumentNullException.ThrowIfNull(socket);
        int sent = 0, refused = 0;
        var lost = false;
        var patience = new Patience(limit);
        socket.Acquire(patience);
        try
        {
            for (var start = 0; start < _length;)
            {
                if (sent != 0 && patience.IsLimited)
                    patience.ThrowIfOver();
                var part = Stamp(socket, start, sent);
                Transmit(socket, part);
                refused += ReadAnswers(socket, ref sink, names, part, patience, ref lost);
                sent += part.Count;
                start = part.End;
            }
        }
        catch (Exception exception)
        {
            socket.Discard();
            switch (exception)
            {
                case OperationCanceledException cancelled when cancelled.CancellationToken == limit.Cancellation:
                    throw new OperationCanceledException($"A batch of {Count} messages was cancelled: the first {sent} were answered.", exception, limit.Cancellation);
                case TimeoutException:
                    throw new TimeoutException($"A batch of {Count} messages took too long: the first {sent} were answered. {exception.Message}", exception);
                default:
                    throw;
            }
        }
        finally
        {
            socket.Release();
        }

        return new BatchResult(sent, refused, lost);
    }

    private void Commit(scoped ReadOnlySpan<byte> message)
    {
        if (!Unsafe.AreSame(ref MemoryMarshal.GetReference(message), ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_buffer), _length)))
            throw new ArgumentException("Only the message that was begun last can be committed.", nameof(message));
        _length += message.Length;
        Count++;
    }

    private void Grow(int room) => Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + room));

    /// <summary>Numbers the messages of the next datagram; its last one asks for an acknowledgement.</summary>
    private Part Stamp(NetlinkSocket socket, int start, int index)
    {
        var messages = Math.Max(1, socket.AnswerRoom / AnswerCost);
        var bytes = Math.Min(MaximumDatagram, socket.DatagramRoom);
        int end = start, last = start, count = 0;
        for (; end < _length && count < messages; count++)
        {
            var length = BitConverter.ToInt32(_buffer, end);
            if (length < MessageWriter.HeaderSize || length > _length - end)
                throw new InvalidOperationException($"Message {index + count} of the batch was written to after it had been committed.");
            if (count > 0 && end + length - start > bytes)
                break;
            last = end;
            end += length;
        }

        var first = socket.TakeSequences(count);
        var sequence = first;
        for (var at = start; at < end; sequence++)
        {
            ref var header = ref Unsafe.As<byte, nlmsghdr>(ref _buffer[at]);
            header.nlmsg_seq = sequence;
            header.nlmsg_pid = 0;
            // What is no request the kernel passes over, and acknowledges.
            header.nlmsg_flags = NLM_F.NLM_F_REQUEST | (at == last ? header.nlmsg_flags | NLM_F.NLM_F_ACK : header.nlmsg_flags & ~NLM_F.NLM_F_ACK);
            at += (int)header.nlmsg_len;
        }

        return new Part(start, end, first, count, index);
    }

    private void Transmit(NetlinkSocket socket, in Part part)
    {
        var errno = socket.TrySendDatagram(_buffer.AsSpan(part.Start, part.End - part.Start));
        if (errno != 0)
            throw new NetlinkException(errno, $"send messages {part.Index} to {part.Index + part.Count - 1} of a batch of {Count} ({part.End - part.Start} bytes)");
    }

    private int ReadAnswers<TSink>(NetlinkSocket socket, ref TSink sink, Names names, in Part part, scoped in Patience patience, ref bool lost)
        where TSink : struct, IBatchSink, allows ref struct
    {
        var refused = 0;
        var here = false;
        NetlinkError? denied = null;
        while (true)
        {
            // Once answers were lost the last one may be among them. All that were kept are queued by now, so nothing is waited for.
            switch (socket.Receive(wait: !here, out var datagram, patience))
            {
                case Reception.Nothing when denied is { } denial:
                    for (var i = 1; i < part.Count; i++)
                        sink.Refused(part.Index + i, denial);
                    return part.Count;
                case Reception.Nothing:
                    return refused;
                case Reception.Lost:
                    lost = here = true;
                    continue;
            }

            foreach (var message in new MessageReader(datagram))
            {
                var index = message.Header.nlmsg_seq - part.First;
                if (index >= (uint)part.Count)
                    continue; // the late answer of a request that was given up
                if (message.Type >= (ushort)NLMSG.NLMSG_MIN_TYPE)
                    sink.Reply(part.Index + (int)index, message);
                if (message.Type is not ((ushort)NLMSG.NLMSG_ERROR or (ushort)NLMSG.NLMSG_DONE))
                    continue;
                var request = MessageAt(part, (int)index);
                var error = message.Type == (ushort)NLMSG.NLMSG_ERROR
                    ? AckReader.ReadError(message, request, names.Of(request))
                    : AckReader.ReadDone(message, request, names.Of(request));
                if (!error.IsSuccess)
                {
                    refused++;
                    sink.Refused(part.Index + (int)index, error);
                }

                if (index == part.Count - 1)
                    return refused;
                // nfnetlink denies a whole datagram by one answer, to its first message; other families deny message by message.
                denied = index == 0 && error.Number == Errno.EPERM ? error : null;
                here |= denied is not null;
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

    /// <summary>The names in the batch's messages: of all, or of each type.</summary>
    private readonly record struct Names(AttributeSpace? All, Func<ushort, AttributeSpace?>? ByType)
    {
        public AttributeSpace? Of(ReadOnlySpan<byte> message) => ByType is null ? All : ByType(MemoryMarshal.Read<nlmsghdr>(message).nlmsg_type);
    }

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
