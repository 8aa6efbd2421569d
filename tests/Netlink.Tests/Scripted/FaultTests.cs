using VffNetlink.Testing;
using VffNetlink.Uapi;

namespace VffNetlink.Tests.Scripted;

/// <summary>Every fault that a kernel or a stranger can put between a question and its answer, against requests, dumps and batches alike.</summary>
public sealed class FaultTests : IDisposable
{
    private readonly ScriptedTransport _kernel = new();
    private readonly NetlinkSocket _socket;

    public FaultTests() => _socket = new NetlinkSocket(_kernel);

    public enum Kind
    {
        Request,
        Dump,
        Batch,
    }

    public static TheoryData<Kind> Kinds => [.. Enum.GetValues<Kind>()];

    public void Dispose() => _socket.Dispose();

    [Fact]
    public void Interrupted_Dump_Is_Asked_For_Again_Until_It_Is_Whole()
    {
        _kernel.OnSend = sent =>
        {
            var interrupted = _kernel.Sent.Count < 4;
            Items(sent, (uint)_kernel.Sent.Count, interrupted ? 1u : 2u, interrupted ? NLM_F.NLM_F_DUMP_INTR : 0);
        };
        Assert.Equal([4, 5], Dump());
        Assert.Equal(4, _kernel.Sent.Count);
        Assert.Equal(4, _kernel.Sent.Select(static s => ScriptedTransport.SequenceOf(s)).Distinct().Count());
        Script.AssertUsable(_socket, _kernel);
    }

    [Fact]
    public void Dump_That_Is_Interrupted_Every_Time_Is_An_Error_And_Never_A_List()
    {
        _kernel.OnSend = sent => Items(sent, 1, 1, NLM_F.NLM_F_DUMP_INTR);
        var exception = Assert.Throws<NetlinkException>(() => Dump());
        Assert.Equal("things: EINTR: the table changed during each of 8 dumps", exception.Message);
        Assert.Equal(8, _kernel.Sent.Count);
        Script.AssertUsable(_socket, _kernel);
    }

    [Fact]
    public void Cut_Dump_Is_Asked_For_Again_With_Room_For_All_Of_It()
    {
        _kernel.OnSend = sent =>
        {
            var sequence = ScriptedTransport.SequenceOf(sent);
            _kernel.Reply(Script.Item(sequence, 1));
            _kernel.Reply(ScriptedTransport.Message(Script.Object, NLM_F.NLM_F_MULTI, sequence, [2, 0, 0, 0, .. new byte[NetlinkSocket.ReceiveBufferSize]]));
            _kernel.Reply(Script.Done(sequence));
        };
        Assert.Equal([1, 2], Dump());
        Assert.Equal((2, 0), (_kernel.Sent.Count, _kernel.Pending));
        Script.AssertUsable(_socket, _kernel);
    }

    [Fact]
    public void Cut_Answer_About_One_Object_Is_Asked_For_Again_With_Room_For_All_Of_It()
    {
        _kernel.OnSend = sent =>
        {
            _kernel.Reply(ScriptedTransport.Message(Script.Object, NLM_F.NONE, ScriptedTransport.SequenceOf(sent), [7, 0, 0, 0, .. new byte[NetlinkSocket.ReceiveBufferSize]]));
            _kernel.Reply(ScriptedTransport.Ack(sent, 0));
        };
        Assert.True(_socket.TryGet(Script.Request(), null, static (scoped in NetlinkMessage m) => m.Payload.ToArray(), out var found, out var error));
        Assert.Equal((7, NetlinkSocket.ReceiveBufferSize + 4, default), (found[0], found.Length, error));
        Assert.Equal((2, 0), (_kernel.Sent.Count, _kernel.Pending));
        Script.AssertUsable(_socket, _kernel);
    }

    [Fact]
    public void Question_That_Is_Acknowledged_And_Not_Answered_Is_No_Success()
    {
        _kernel.OnSend = sent => _kernel.Reply(ScriptedTransport.Ack(sent, 0));
        Assert.False(_socket.TryGet(Script.Request(), null, static (scoped in NetlinkMessage m) => m.Payload.ToArray(), out var found, out var error));
        Assert.Null(found);
        Assert.Equal("ENOENT: the kernel acknowledged and told nothing", error.ToString());
    }

    [Fact]
    public void Dump_Of_What_Goes_Meanwhile_Is_Empty_And_Not_The_Part_That_Came()
    {
        _kernel.OnSend = sent =>
        {
            _kernel.Reply(Script.Item(ScriptedTransport.SequenceOf(sent), 1));
            _kernel.Reply(Script.Done(ScriptedTransport.SequenceOf(sent), Errno.ENOENT));
        };
        Assert.Empty(_socket.Dump(Script.Request(NLM_F.NLM_F_DUMP), null, "things", static (scoped in NetlinkMessage m) => m.Payload.ToArray(), Errno.ENOENT));
        Assert.Single(_kernel.Sent);
    }

    [Fact]
    public void Answer_As_Long_As_An_Object_Can_Be_Is_Whole_The_First_Time()
    {
        byte[] longest = [5, 0, 0, 0, .. new byte[NetlinkSocket.ReceiveBufferSize - 20]];
        _kernel.OnSend = sent =>
        {
            _kernel.Reply(ScriptedTransport.Message(Script.Object, NLM_F.NONE, ScriptedTransport.SequenceOf(sent), longest));
            _kernel.Reply(ScriptedTransport.Ack(sent, 0));
        };
        using var replies = _socket.Exchange(Script.Request());
        Assert.True(replies.MoveNext());
        Assert.Equal(longest.Length, replies.Current.Payload.Length);
        Assert.False(replies.MoveNext());
        Assert.True(replies.Error.IsSuccess);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Overrun_Is_Told_And_Never_Taken_For_A_Whole_Answer(Kind kind)
    {
        _kernel.OnSend = sent =>
        {
            _kernel.Fail(Errno.ENOBUFS);
            Answer(kind, sent);
        };
        if (kind == Kind.Batch)
            Assert.Equal(new BatchResult(3, 1, true), Batch().Send(_socket));
        else
            Assert.Equal(Errno.ENOBUFS, Assert.Throws<NetlinkException>(() => Ask(kind)).Error.Number);
        Assert.Equal((0, 0), (_kernel.Pending, _kernel.Calls.Waits));
        Script.AssertUsable(_socket, _kernel);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Stale_And_Foreign_Sequence_Numbers_Are_Passed_Over(Kind kind)
    {
        _kernel.OnSend = sent =>
        {
            var sequence = ScriptedTransport.SequenceOf(sent);
            foreach (var other in (uint[])[sequence - 1, sequence - 1000, sequence + 1000, 0, uint.MaxValue])
            {
                var stale = (byte[])sent.Clone();
                BitConverter.TryWriteBytes(stale.AsSpan(8), other);
                _kernel.Reply(Script.Item(other, 99));
                _kernel.Reply(ScriptedTransport.Ack(stale, Errno.EPERM));
                _kernel.Reply(Script.Done(other, flags: NLM_F.NLM_F_MULTI | NLM_F.NLM_F_DUMP_INTR));
            }

            Answer(kind, sent);
        };
        Assert.Equal(Expected(kind), Ask(kind));
        Script.AssertUsable(_socket, _kernel);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Foreign_Senders_Are_Not_Believed_Whatever_They_Say(Kind kind)
    {
        _kernel.OnSend = sent =>
        {
            var sequence = ScriptedTransport.SequenceOf(sent);
            _kernel.Reply(Script.Item(sequence, 99), sender: 1);
            _kernel.Reply(ScriptedTransport.Ack(sent, Errno.EPERM), sender: 4711);
            _kernel.Reply(Script.Done(sequence), sender: uint.MaxValue);
            _kernel.Reply([1, 2, 3], sender: 1);
            _kernel.Reply(new byte[NetlinkSocket.ReceiveBufferSize + 1], sender: 1);
            Answer(kind, sent);
        };
        Assert.Equal(Expected(kind), Ask(kind));
        Script.AssertUsable(_socket, _kernel);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Signals_And_Empty_Queues_Between_Any_Two_Datagrams_Change_Nothing(Kind kind)
    {
        var errnos = new Random(1);
        for (var round = 0; round < 50; round++)
        {
            _kernel.OnSend = sent =>
            {
                var answers = new List<byte[]>();
                Answer(kind, sent, answers.Add);
                foreach (var answer in answers)
                {
                    for (var i = errnos.Next(4); i > 0; i--)
                        _kernel.Fail(errnos.Next(2) == 0 ? Errno.EINTR : Errno.EAGAIN);
                    _kernel.Reply(answer);
                }
            };
            Assert.Equal(Expected(kind), Ask(kind));
            Assert.Equal(0, _kernel.Pending);
        }

        Script.AssertUsable(_socket, _kernel);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Signal_That_Interrupts_The_Send_Has_It_Sent_Again(Kind kind)
    {
        _kernel.SendErrno = Errno.EINTR;
        _kernel.OnSend = sent => Answer(kind, sent);
        Assert.Equal(Expected(kind), Ask(kind));
        Assert.Single(_kernel.Sent);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Answer_Split_At_Every_Boundary_Between_Messages_Reads_The_Same(Kind kind)
    {
        for (var cuts = 0; cuts < 16; cuts++)
        {
            _kernel.OnSend = sent =>
            {
                var datagram = new List<byte>();
                var message = 0;
                Answer(kind, sent, answer =>
                {
                    datagram.AddRange(answer);
                    if ((cuts >> message++ & 1) == 0)
                        return;
                    _kernel.Reply([.. datagram]);
                    datagram.Clear();
                });
                if (datagram.Count != 0)
                    _kernel.Reply([.. datagram]);
            };
            Assert.Equal(Expected(kind), Ask(kind));
            Assert.Equal(0, _kernel.Pending);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Lost_End_Is_A_Timeout_And_A_Late_One_Is_Stale(Kind kind)
    {
        byte[] end = [];
        _kernel.OnSend = sent =>
        {
            var answers = new List<byte[]>();
            Answer(kind, sent, answers.Add);
            answers[..^1].ForEach(answer => _kernel.Reply(answer));
            end = answers[^1];
        };
        Assert.Throws<TimeoutException>(() => Ask(kind));
        _kernel.Reply(end);
        Script.AssertUsable(_socket, _kernel);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Datagram_Cut_In_The_Middle_Of_A_Message_Is_Malformed_At_Every_Byte(Kind kind)
    {
        var whole = 0;
        for (var length = 1; length < 20; length++)
        {
            _kernel.OnSend = sent =>
            {
                var first = true;
                Answer(kind, sent, answer =>
                {
                    _kernel.Reply(first ? answer[..length] : answer);
                    first = false;
                });
            };
            var thrown = Record.Exception(() => Ask(kind));
            Assert.IsType<NetlinkFormatException>(thrown);
            Assert.Equal(0, _kernel.Pending);
            whole++;
        }

        Assert.Equal(19, whole);
        Script.AssertUsable(_socket, _kernel);
    }

    [Fact]
    public void Error_In_The_Middle_Of_A_Batch_Stops_Nothing_Behind_It()
    {
        _kernel.OnSend = sent => Answer(Kind.Batch, sent);
        var sink = new Sink();
        Assert.Equal(new BatchResult(3, 1, false), Batch().Send(_socket, ref sink));
        Assert.Equal(["reply 0", "refused 1 ENOENT"], sink.Seen);
        Assert.Equal(3 * 28, Assert.Single(_kernel.Sent).Length);
    }

    /// <summary>A whole answer, message by message: objects and the end.</summary>
    private void Answer(Kind kind, byte[] sent, Action<byte[]>? put = null)
    {
        put ??= bytes => _kernel.Reply(bytes);
        var sequence = ScriptedTransport.SequenceOf(sent);
        switch (kind)
        {
            case Kind.Request:
                put(Script.Item(sequence, 1, NLM_F.NONE));
                put(ScriptedTransport.Ack(sent, Errno.EBUSY));
                break;
            case Kind.Dump:
                put(Script.Item(sequence, 1));
                put(Script.Item(sequence, 2));
                put(Script.Item(sequence, 3));
                put(Script.Done(sequence));
                break;
            default:
                put(Script.Item(sequence, 1, NLM_F.NONE));
                put(ScriptedTransport.Ack(sent.AsSpan(28, 28), Errno.ENOENT));
                put(ScriptedTransport.Ack(sent.AsSpan(56, 28), 0));
                break;
        }
    }

    private static string Expected(Kind kind) => kind switch
    {
        Kind.Request => "EBUSY",
        Kind.Dump => "1 2 3",
        _ => "reply 0, refused 1 ENOENT, 3 sent",
    };

    private string Ask(Kind kind)
    {
        switch (kind)
        {
            case Kind.Request:
                _socket.TryRequest(Script.Request(), null, out var error);
                return error.ToString();
            case Kind.Dump:
                return string.Join(' ', Dump());
            default:
                var sink = new Sink();
                var result = Batch().Send(_socket, ref sink);
                return $"{string.Join(", ", sink.Seen)}, {result.Sent} sent";
        }
    }

    private List<uint> Dump() =>
        _socket.Dump(Script.Request(NLM_F.NLM_F_DUMP), null, "things", static (scoped in NetlinkMessage m) => BitConverter.ToUInt32(m.Payload));

    private static NetlinkBatch Batch()
    {
        var batch = new NetlinkBatch();
        for (var i = 0; i < 3; i++)
            batch.Add(Script.Request());
        return batch;
    }

    private void Items(byte[] sent, uint first, uint count, NLM_F flags)
    {
        var sequence = ScriptedTransport.SequenceOf(sent);
        for (var i = 0u; i < count; i++)
            _kernel.Reply(Script.Item(sequence, first + i, NLM_F.NLM_F_MULTI | flags));
        _kernel.Reply(Script.Done(sequence));
    }

    private readonly struct Sink : IBatchSink
    {
        public Sink()
        {
        }

        public List<string> Seen { get; } = [];

        public void Reply(int index, scoped in NetlinkMessage message) => Seen.Add($"reply {index}");

        public void Refused(int index, in NetlinkError error) => Seen.Add($"refused {index} {error}");
    }
}
