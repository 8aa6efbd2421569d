using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VffNetlink.Uapi;

namespace VffNetlink;

/// <summary>
/// Messages that the kernel carries out all together or not at all: NFNL_MSG_BATCH_BEGIN, the messages, NFNL_MSG_BATCH_END, in
/// one datagram. It is filled, sent, cleared and filled again; its buffer stays. Not for use by several threads at once.
/// </summary>
/// <remarks>
/// <code>
/// | BEGIN: subsystem [, generation] | message | message | ... (the last one asks for an acknowledgement) | END |
/// </code>
/// A message that was begun and not committed spoils the transaction until <see cref="Clear"/>: one whose building failed
/// half-way is never sent.
/// <para>
/// What the kernel answers (nfnetlink_rcv_batch), all of it queued before the send returns: every refused message under its
/// own sequence number, once all were looked at; a failure to commit (offload, memory) under the first message's; a refusal
/// of the whole (no privilege, other generation, no such subsystem) under BEGIN's. So an answer is never waited for.
/// </para>
/// </remarks>
public sealed class NfnetlinkTransaction
{
    private const int GenerationSize = 8;
    private const int BeginSize = MessageWriter.HeaderSize + 4;
    private const int Front = BeginSize + GenerationSize;

    private readonly NFNL_SUBSYS _subsystem;
    private byte[] _buffer;
    private int _length = Front;
    private bool _open;

    /// <summary>An empty transaction.</summary>
    /// <param name="subsystem">The one subsystem of all its messages; of those in the kernel, nf_tables alone has transactions.</param>
    /// <param name="capacity">Bytes to start with; the buffer grows as needed.</param>
    public NfnetlinkTransaction(NFNL_SUBSYS subsystem, int capacity = 16 * 1024)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        _subsystem = subsystem;
        _buffer = GC.AllocateUninitializedArray<byte>(Front + capacity + BeginSize);
    }

    /// <summary>Messages in it, without the brackets.</summary>
    public int Count { get; private set; }

    /// <summary>Their bytes, without the brackets.</summary>
    public int Length => _length - Front;

    /// <summary>
    /// The generation that it was made for: where the ruleset has another one by now, all of it is refused (ERESTART). Null: for
    /// any. 0 is what the kernel, too, takes for any.
    /// </summary>
    public uint? Generation { get; set; }

    /// <summary>Starts a message behind the last committed one.</summary>
    /// <param name="type">The subsystem's own number of it, the low byte of <c>nlmsg_type</c>.</param>
    /// <param name="flags"><c>nlmsg_flags</c>; <c>NLM_F_REQUEST</c> is added.</param>
    /// <param name="room">Bytes that the message may take.</param>
    /// <returns>A writer into this transaction's buffer, valid until the next call of this method.</returns>
    /// <exception cref="InvalidOperationException">A message was begun before and never committed.</exception>
    public MessageWriter Begin(byte type, NLM_F flags, int room = 4096)
    {
        ThrowIfOpen();
        _open = true;
        if (_buffer.Length - _length - BeginSize < room)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, checked(_length + room + BeginSize)));
        return MessageWriter.Begin(_buffer.AsSpan(_length, _buffer.Length - _length - BeginSize), (ushort)(((int)_subsystem << 8) | type), flags | NLM_F.NLM_F_REQUEST);
    }

    /// <summary>Takes the message that was begun last into the transaction.</summary>
    /// <exception cref="ArgumentException">The writer is not the one that <see cref="Begin"/> returned last.</exception>
    public void Commit(scoped in MessageWriter message)
    {
        var bytes = message.Message;
        if (!_open || !Unsafe.AreSame(ref MemoryMarshal.GetReference(bytes), ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_buffer), _length)))
            throw new ArgumentException("Only the message that was begun last can be committed.", nameof(message));
        if (bytes.Length < BeginSize)
            throw new ArgumentException("An nfnetlink message has an nfgenmsg behind its header; the kernel drops a whole transaction, silently, for one that has not.", nameof(message));
        _length += bytes.Length;
        _open = false;
        Count++;
    }

    /// <summary>Empties the transaction, spoiled or not, and keeps its buffer; the generation is forgotten.</summary>
    public void Clear()
    {
        _length = Front;
        _open = false;
        Count = 0;
        Generation = null;
    }

    /// <summary>The message at <paramref name="index"/> as it was or will be sent, header included; valid until the transaction changes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    public ReadOnlySpan<byte> MessageAt(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return MessageAt(index, new Cursor(0, Front));
    }

    /// <summary>Sends everything in one datagram, and hands each refusal, and each echoed object, to <paramref name="sink"/>.</summary>
    /// <param name="socket">Of NETLINK_NETFILTER; held until the last answer is in.</param>
    /// <param name="sink">Where answers go. The index -1 is that of a refusal of the whole.</param>
    /// <param name="spaceOf">From a message's type to the names for its attributes; may be null.</param>
    /// <param name="limit">How long it may wait for the socket; once it is sent there is nothing to wait for.</param>
    /// <returns>
    /// Nothing was changed where <see cref="BatchResult.Refused"/> is not 0. Where it is 0 and answers were lost, it is not known
    /// whether everything was changed or nothing. An empty transaction is a success, and is not sent.
    /// </returns>
    /// <exception cref="InvalidOperationException">A message was begun and never committed. Nothing was sent.</exception>
    /// <exception cref="NetlinkException">
    /// Nothing was changed: it is longer than the socket's send buffer, which may not be raised (EMSGSIZE, before it is sent); sending failed; or
    /// the kernel dropped it without an answer (EPROTO).
    /// </exception>
    /// <exception cref="NetlinkFormatException">An answer made no sense: it is not known whether everything was changed or nothing.</exception>
    public BatchResult Send<TSink>(NetlinkSocket socket, ref TSink sink, Func<ushort, AttributeSpace?>? spaceOf = null, WaitLimit limit = default)
        where TSink : struct, IBatchSink, allows ref struct
    {
        ArgumentNullException.ThrowIfNull(socket);
        ThrowIfOpen();
        if (Count == 0)
            return default;
        socket.Acquire(new Patience(limit));
        try
        {
            var first = socket.TakeSequences(Count + 2);
            Transmit(socket, Seal(first));
            return ReadAnswers(socket, ref sink, spaceOf, first);
        }
        catch
        {
            socket.Discard();
            throw;
        }
        finally
        {
            socket.Release();
        }
    }

    private void Transmit(NetlinkSocket socket, ReadOnlySpan<byte> datagram)
    {
        var room = socket.TryMakeRoom(datagram.Length);
        var error = room
            ? new NetlinkError(socket.TrySendDatagram(datagram))
            : new NetlinkError(Errno.EMSGSIZE) { Message = $"the socket sends {socket.DatagramRoom} bytes at most; more takes CAP_NET_ADMIN, or a larger net.core.wmem_max" };
        if (!error.IsSuccess)
            throw new NetlinkException(error, $"send a transaction of {Count} messages ({datagram.Length} bytes)");
    }

    /// <summary>Puts the brackets around the messages and numbers them all.</summary>
    private Span<byte> Seal(uint sequence)
    {
        var start = Generation is null ? GenerationSize : 0;
        Bracket(_buffer.AsSpan(start, Front - start), NFNL_MSG_BATCH.NFNL_MSG_BATCH_BEGIN, sequence, out var attributes);
        if (Generation is { } generation)
            attributes.PutBigEndian(NFNL_BATCH.NFNL_BATCH_GENID, generation);
        for (var (at, left) = (Front, Count); left > 0; left--)
        {
            ref var header = ref Unsafe.As<byte, nlmsghdr>(ref _buffer[at]);
            // One wrong length, and the kernel drops the whole transaction without an answer.
            if (header.nlmsg_len < BeginSize || (left == 1 ? header.nlmsg_len != (uint)(_length - at) : header.nlmsg_len > (uint)(_length - at - BeginSize)))
                throw new InvalidOperationException($"Message {Count - left} of the transaction was written to after it had been committed.");
            header.nlmsg_seq = ++sequence;
            header.nlmsg_pid = 0;
            header.nlmsg_flags = left == 1 ? header.nlmsg_flags | NLM_F.NLM_F_ACK : header.nlmsg_flags & ~NLM_F.NLM_F_ACK;
            at += (int)header.nlmsg_len;
        }

        var end = Bracket(_buffer.AsSpan(_length, BeginSize), NFNL_MSG_BATCH.NFNL_MSG_BATCH_END, ++sequence, out _);
        return _buffer.AsSpan(start, _length + end.Length - start);
    }

    private MessageWriter Bracket(Span<byte> room, NFNL_MSG_BATCH type, uint sequence, out AttributeWriter<NFNL_BATCH> attributes)
    {
        var message = MessageWriter.Begin(room, (ushort)type, NLM_F.NLM_F_REQUEST);
        Unsafe.As<byte, nlmsghdr>(ref room[0]).nlmsg_seq = sequence;
        attributes = message.PutHeader<nfgenmsg, NFNL_BATCH>(new nfgenmsg { res_id = BitConverter.IsLittleEndian ? (ushort)((int)_subsystem << 8) : (ushort)_subsystem });
        return message;
    }

    private BatchResult ReadAnswers<TSink>(NetlinkSocket socket, ref TSink sink, Func<ushort, AttributeSpace?>? spaceOf, uint first)
        where TSink : struct, IBatchSink, allows ref struct
    {
        var refused = 0;
        var lost = false;
        var acknowledged = false;
        var cursor = new Cursor(0, Front);
        while (socket.Receive(wait: false, out var datagram) is not Reception.Nothing and var reception)
        {
            lost |= reception == Reception.Lost;
            foreach (var message in new MessageReader(datagram))
            {
                var number = message.Header.nlmsg_seq - first;
                if (number > (uint)Count + 1)
                    continue; // the late answer of a request that was given up
                var index = (int)number - 1 == Count ? -1 : (int)number - 1;
                if (message.Type >= (ushort)NLMSG.NLMSG_MIN_TYPE)
                    sink.Reply(index, message);
                if (message.Type != (ushort)NLMSG.NLMSG_ERROR)
                    continue;
                var request = index < 0 ? default : MessageAt(index, ref cursor);
                var error = AckReader.ReadError(message, request, index < 0 ? null : spaceOf?.Invoke(MemoryMarshal.Read<nlmsghdr>(request).nlmsg_type));
                if (!error.IsSuccess)
                {
                    refused++;
                    sink.Refused(index, error);
                }
                else if (index == Count - 1)
                {
                    acknowledged = true;
                }
            }

            // The last message's acknowledgement is the last answer of all, unless something was refused: a failure to commit precedes it.
            if (acknowledged && refused == 0 && !lost)
                break;
        }

        if (!acknowledged && refused == 0 && !lost)
            throw new NetlinkException(new NetlinkError(Errno.EPROTO) { Message = "the kernel dropped the transaction without an answer" }, $"{_subsystem} transaction of {Count} messages");
        return new BatchResult(Count, refused, lost && !acknowledged);
    }

    private ReadOnlySpan<byte> MessageAt(int index, ref Cursor cursor)
    {
        // Refusals come in the order of their messages, so each search starts where the last one ended.
        if (index < cursor.Index)
            cursor = new Cursor(0, Front);
        var message = MessageAt(index, cursor);
        cursor = new Cursor(index, (int)Unsafe.ByteOffset(ref _buffer[0], ref MemoryMarshal.GetReference(message)));
        return message;
    }

    private ReadOnlySpan<byte> MessageAt(int index, Cursor from)
    {
        var at = from.Offset;
        for (var left = index - from.Index; left > 0; left--)
            at += BitConverter.ToInt32(_buffer, at);
        return _buffer.AsSpan(at, BitConverter.ToInt32(_buffer, at));
    }

    private void ThrowIfOpen()
    {
        if (_open)
            throw new InvalidOperationException($"The transaction's message number {Count} was begun and never committed: its building failed. Clear the transaction first.");
    }

    /// <summary>A message's number and where it starts.</summary>
    private readonly record struct Cursor(int Index, int Offset);
}
