using VffNetlink.Testing;
using VffNetlink.Uapi;

namespace VffNetlink.Tests.Scripted;

public sealed class BatchTests : IDisposable
{
    private readonly ScriptedTransport _kernel = new();
    private readonly NetlinkSocket _socket;

    public BatchTests() => _socket = new NetlinkSocket(_kernel);

    public void Dispose() => _socket.Dispose();

    [Fact]
    public void Batch_Is_One_Datagram_And_One_Acknowledgement()
    {
        _kernel.OnSend = sent => Answer(sent, static _ => 0);
        var batch = Filled(10);
        Assert.Equal(new BatchResult(10, 0, false), batch.Send(_socket));

        var messages = Split(Assert.Single(_kernel.Sent));
        Assert.Equal(10, messages.Count);
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(ScriptedTransport.SequenceOf(messages[0]) + (uint)i, ScriptedTransport.SequenceOf(messages[i]));
            Assert.Equal(NLM_F.NLM_F_REQUEST | (i == 9 ? NLM_F.NLM_F_ACK : 0), (NLM_F)BitConverter.ToUInt16(messages[i], 6));
            Assert.Equal(0u, BitConverter.ToUInt32(messages[i], 12));
        }

        Assert.Equal((1, 0), _kernel.Calls);
        Script.AssertUsable(_socket, _kernel);
    }

    [Fact]
    public void Empty_Batch_Sends_Nothing()
    {
        var batch = new NetlinkBatch();
        Assert.Equal(new BatchResult(0, 0, false), batch.Send(_socket));
        Assert.Empty(_kernel.Sent);
    }

    [Fact]
    public void Refusal_In_The_Middle_Is_Matched_To_Its_Message_And_Attribute()
    {
        _kernel.OnSend = sent =>
        {
            var messages = Split(sent);
            _kernel.Reply(ScriptedTransport.Ack(messages[3], Errno.ENOENT, Script.Explain("No such thing", offset: 20)));
            _kernel.Reply(ScriptedTransport.Ack(messages[6], Errno.EEXIST));
            _kernel.Reply(ScriptedTransport.Ack(messages[9], 0));
        };
        var (result, sink) = Send(Filled(10), AttributeSpace.Of<nfgenmsg, OUTER>());
        Assert.Equal(new BatchResult(10, 2, false), result);
        Assert.False(result.IsSuccess);
        Assert.Equal(["3 ENOENT: No such thing (OUTER_NUMBER)", "6 EEXIST"], sink.Refusals);
    }

    [Fact]
    public void Every_Message_May_Be_Refused_The_Last_One_Too()
    {
        _kernel.OnSend = sent => Answer(sent, static _ => Errno.EPERM, eachRefusal: true);
        var (result, sink) = Send(Filled(10));
        Assert.Equal(new BatchResult(10, 10, false), result);
        Assert.Equal(Enumerable.Range(0, 10).Select(static i => $"{i} EPERM"), sink.Refusals);
        Script.AssertUsable(_socket, _kernel);
    }

    [Fact]
    public void Denial_Of_A_Whole_Datagram_Is_Told_For_Every_Message_And_Not_Waited_For()
    {
        _kernel.OnSend = sent => _kernel.Reply(ScriptedTransport.Ack(Split(sent)[0], Errno.EPERM));
        _kernel.OnWait = () => throw new InvalidOperationException("it waited");
        var (result, sink) = Send(Filled(3));
        Assert.Equal(new BatchResult(3, 3, false), result);
        Assert.Equal(["0 EPERM", "1 EPERM", "2 EPERM"], sink.Refusals);
        _kernel.OnWait = null;
        Script.AssertUsable(_socket, _kernel);
    }

    [Fact]
    public void Denial_Of_The_First_Message_Alone_Says_Nothing_Of_The_Others()
    {
        _kernel.OnSend = sent =>
        {
            _kernel.Reply(ScriptedTransport.Ack(Split(sent)[0], Errno.EPERM));
            _kernel.Reply(ScriptedTransport.Ack(Split(sent)[2], 0));
        };
        var (result, sink) = Send(Filled(3));
        Assert.Equal(new BatchResult(3, 1, false), result);
        Assert.Equal(["0 EPERM"], sink.Refusals);
    }

    [Fact]
    public void Replies_Are_Matched_By_Index_However_They_Are_Cut_Into_Datagrams()
    {
        _kernel.OnSend = sent =>
        {
            var messages = Split(sent);
            _kernel.Reply(Script.Together(Script.Item(ScriptedTransport.SequenceOf(messages[0]), 100), Script.Item(ScriptedTransport.SequenceOf(messages[1]), 101)));
            _kernel.Fail(Errno.EAGAIN);
            _kernel.Reply(ScriptedTransport.Ack(messages[2], Errno.ENOENT));
            _kernel.Reply(Script.Together(Script.Item(ScriptedTransport.SequenceOf(messages[3]), 103), ScriptedTransport.Ack(messages[3], 0)));
        };
        var (result, sink) = Send(Filled(4));
        Assert.Equal(new BatchResult(4, 1, false), result);
        Assert.Equal(["0 100", "1 101", "3 103"], sink.Replies);
        Assert.Equal(["2 ENOENT"], sink.Refusals);
    }

    [Fact]
    public void Stale_Answers_And_Strangers_Are_Dropped()
    {
        _kernel.OnSend = sent =>
        {
            var messages = Split(sent);
            _kernel.Reply(Script.Item(ScriptedTransport.SequenceOf(messages[0]) - 1, 1));
            _kernel.Reply(Script.Item(ScriptedTransport.SequenceOf(messages[^1]) + 1, 1));
            _kernel.Reply(Script.Item(0, 1));
            _kernel.Reply(ScriptedTransport.Ack(messages[^1], Errno.EPERM), sender: 9);
            _kernel.Reply(ScriptedTransport.Ack(messages[^1], 0));
        };
        var (result, sink) = Send(Filled(3));
        Assert.True(result.IsSuccess);
        Assert.Empty(sink.Replies);
    }

    [Fact]
    public void Datagrams_Hold_As_Many_Messages_As_There_Is_Room_For_Answers()
    {
        _kernel.ReceiveRoom = NetlinkBatch.AnswerCost * 7;
        using var socket = new NetlinkSocket(_kernel);
        _kernel.OnSend = sent => Answer(sent, static number => number % 5 == 0 ? Errno.ENOSPC : 0, eachRefusal: true);
        var (result, sink) = Send(Filled(50), socket: socket);
        Assert.Equal(new BatchResult(50, 10, false), result);
        Assert.Equal(Enumerable.Range(0, 10).Select(static i => $"{i * 5} ENOSPC"), sink.Refusals);
        Assert.Equal([7, 7, 7, 7, 7, 7, 7, 1], _kernel.Sent.Select(static s => Split(s).Count));
        var sequences = _kernel.Sent.SelectMany(static s => Split(s)).Select(static m => ScriptedTransport.SequenceOf(m)).ToArray();
        Assert.Equal(Enumerable.Range(0, 50).Select(i => sequences[0] + (uint)i), sequences);
    }

    [Fact]
    public void Datagrams_Are_No_Longer_Than_The_Socket_Can_Send()
    {
        _kernel.SendRoom = 100;
        using var socket = new NetlinkSocket(_kernel);
        _kernel.OnSend = sent => Answer(sent, static _ => 0);
        Assert.True(Filled(10).Send(socket).IsSuccess);
        Assert.Equal([3, 3, 3, 1], _kernel.Sent.Select(static s => Split(s).Count));

        // A single message longer than that is the kernel's to refuse.
        var batch = new NetlinkBatch();
        var message = batch.Begin(0x21, NLM_F.NONE);
        message.PutHeader<nfgenmsg, OUTER>(default).Put(OUTER.OUTER_NUMBER, new byte[300]);
        batch.Commit(message);
        _kernel.SendErrno = Errno.EMSGSIZE;
        Assert.Equal("send messages 0 to 0 of a batch of 1 (324 bytes): EMSGSIZE", Assert.Throws<NetlinkException>(() => batch.Send(socket)).Message);
    }

    [Fact]
    public void Failing_Send_Tells_Which_Messages_Went_Before()
    {
        _kernel.ReceiveRoom = NetlinkBatch.AnswerCost * 4;
        using var socket = new NetlinkSocket(_kernel);
        _kernel.OnSend = sent =>
        {
            Answer(sent, static _ => 0);
            if (_kernel.Sent.Count == 2)
                _kernel.SendErrno = Errno.ENOBUFS;
        };
        Assert.Equal("send messages 8 to 9 of a batch of 10 (56 bytes): ENOBUFS", Assert.Throws<NetlinkException>(() => Filled(10).Send(socket)).Message);
        Script.AssertUsable(socket, _kernel);
    }

    [Fact]
    public void Lost_Answers_Are_Told_And_Not_Waited_For()
    {
        _kernel.ReceiveRoom = NetlinkBatch.AnswerCost * 5;
        using var socket = new NetlinkSocket(_kernel);
        _kernel.OnSend = sent =>
        {
            var messages = Split(sent);
            _kernel.Reply(ScriptedTransport.Ack(messages[1], Errno.EBUSY));
            if (_kernel.Sent.Count == 1)
                _kernel.Fail(Errno.ENOBUFS); // and the last acknowledgement is among what is lost
            else
                _kernel.Reply(ScriptedTransport.Ack(messages[^1], 0));
        };
        var (result, sink) = Send(Filled(10), socket: socket);
        Assert.Equal(new BatchResult(10, 2, true), result);
        Assert.False(result.IsSuccess);
        Assert.Equal(["1 EBUSY", "6 EBUSY"], sink.Refusals);
        Assert.Equal(0, _kernel.Calls.Waits);
        Script.AssertUsable(socket, _kernel);
    }

    [Fact]
    public void Loss_With_The_Last_Acknowledgement_Kept_Is_Told_All_The_Same()
    {
        _kernel.OnSend = sent =>
        {
            _kernel.Fail(Errno.ENOBUFS);
            _kernel.Reply(ScriptedTransport.Ack(Split(sent)[^1], 0));
        };
        Assert.Equal(new BatchResult(3, 0, true), Filled(3).Send(_socket));
        Script.AssertUsable(_socket, _kernel);
    }

    [Fact]
    public void Missing_Last_Answer_Is_A_Timeout()
    {
        _kernel.OnSend = sent => _kernel.Reply(ScriptedTransport.Ack(Split(sent)[0], Errno.ENOENT));
        Assert.Throws<TimeoutException>(() => Filled(3).Send(_socket));
        Script.AssertUsable(_socket, _kernel);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Answers_Behind_A_Malformed_One_Or_A_Throwing_Sink_Are_Dropped_At_Once(bool malformed)
    {
        _kernel.OnSend = sent =>
        {
            var messages = Split(sent);
            _kernel.Reply(malformed ? [1, 2, 3] : Script.Item(ScriptedTransport.SequenceOf(messages[0]), RecordingSink.Poison));
            for (var i = 1; i < 5; i++)
                _kernel.Reply(ScriptedTransport.Ack(messages[i], Errno.EPERM));
        };
        var thrown = Record.Exception(() => Send(Filled(5)));
        Assert.Equal(malformed ? nameof(NetlinkFormatException) : "InvalidTimeZoneException", thrown?.GetType().Name);
        Assert.Equal(0, _kernel.Pending);
        Script.AssertUsable(_socket, _kernel);
    }

    [Fact]
    public void Half_Built_Message_Is_Never_Sent()
    {
        _kernel.OnSend = sent => Answer(sent, static _ => 0);
        var batch = Filled(1);
        Assert.Throws<InvalidTimeZoneException>(() => BuildAndFail(batch));
        var abandoned = batch.Begin(0x55, NLM_F.NONE);
        abandoned.PutHeader<nfgenmsg, OUTER>(default);
        Assert.Equal((1, 28), (batch.Count, batch.Length));
        Assert.True(batch.Send(_socket).IsSuccess);
        Assert.Equal(28, Assert.Single(_kernel.Sent).Length);

        var message = batch.Begin(0x21, NLM_F.NONE);
        message.PutHeader<nfgenmsg, OUTER>(default).Put(OUTER.OUTER_NUMBER, 2u);
        batch.Commit(message);
        Assert.Equal([28, 28], Split(SendAgain(batch)).Select(static m => m.Length));
    }

    [Fact]
    public void Only_The_Message_Begun_Last_Can_Be_Committed_And_Only_Once()
    {
        Assert.Equal("ArgumentException", Thrown(() =>
        {
            var batch = new NetlinkBatch();
            var message = batch.Begin(1, NLM_F.NONE);
            batch.Commit(message);
            batch.Commit(message);
        }));
        Assert.Equal("ArgumentException", Thrown(() => new NetlinkBatch().Commit(MessageWriter.Begin(new byte[32], 1, NLM_F.NONE))));
        Assert.Equal("ArgumentException", Thrown(() =>
        {
            var batch = new NetlinkBatch(64);
            var early = batch.Begin(1, NLM_F.NONE, 32);
            batch.Begin(1, NLM_F.NONE, 4096); // moves the buffer
            batch.Commit(early);
        }));

        static string Thrown(Action action) => Record.Exception(action)?.GetType().Name ?? "none";
    }

    [Fact]
    public void Message_Grown_After_Its_Commit_Is_Told_Before_Anything_Is_Sent()
    {
        var batch = new NetlinkBatch();
        var message = batch.Begin(0x21, NLM_F.NONE);
        var attributes = message.PutHeader<nfgenmsg, OUTER>(default);
        batch.Commit(message);
        attributes.Put(OUTER.OUTER_NUMBER, 1u);
        Assert.Equal("Message 0 of the batch was written to after it had been committed.", Assert.Throws<InvalidOperationException>(() => batch.Send(_socket)).Message);
        Assert.Empty(_kernel.Sent);
        Script.AssertUsable(_socket, _kernel);
    }

    [Fact]
    public void Batch_Grows_As_Needed_And_Keeps_Its_Messages_Until_Cleared()
    {
        _kernel.OnSend = sent => Answer(sent, static _ => 0);
        var batch = new NetlinkBatch(16);
        for (var i = 0u; i < 1000; i++)
            Put(batch, i);
        Assert.Equal((1000, 28_000), (batch.Count, batch.Length));
        Assert.Equal(1000, batch.Send(_socket).Sent);
        var before = _kernel.Sent.SelectMany(static s => Split(s)).Select(static m => BitConverter.ToUInt32(m, 24)).ToArray();
        Assert.Equal(Enumerable.Range(0, 1000).Select(static i => (uint)i), before);
        Assert.Equal(1000, batch.Send(_socket).Sent);
        batch.Clear();
        Assert.Equal((0, 0), (batch.Count, batch.Length));
        Assert.Equal(0, batch.Send(_socket).Sent);
    }

    [Fact]
    public void Finished_Messages_Are_Copied_And_Become_Requests()
    {
        _kernel.OnSend = sent => Answer(sent, static _ => 0);
        var batch = new NetlinkBatch(16);
        var message = Script.Request(NLM_F.NLM_F_ACK | NLM_F.NLM_F_CREATE);
        batch.Add(message);
        batch.Add(message);
        Assert.True(batch.Send(_socket).IsSuccess);
        Assert.Equal(
            [NLM_F.NLM_F_REQUEST | NLM_F.NLM_F_CREATE, NLM_F.NLM_F_REQUEST | NLM_F.NLM_F_CREATE | NLM_F.NLM_F_ACK],
            Split(_kernel.Sent[0]).Select(static m => (NLM_F)BitConverter.ToUInt16(m, 6)));
        Assert.Equal(NLM_F.NLM_F_ACK | NLM_F.NLM_F_CREATE, (NLM_F)BitConverter.ToUInt16(message, 6));
    }

    private static void Put(NetlinkBatch batch, uint number)
    {
        var message = batch.Begin(0x21, NLM_F.NONE, 64);
        message.PutHeader<nfgenmsg, OUTER>(default).Put(OUTER.OUTER_NUMBER, number);
        batch.Commit(message);
    }

    private static NetlinkBatch Filled(int count)
    {
        var batch = new NetlinkBatch();
        for (var i = 0u; i < count; i++)
            Put(batch, i);
        return batch;
    }

    private static void BuildAndFail(NetlinkBatch batch)
    {
        var message = batch.Begin(0x66, NLM_F.NONE);
        using var nest = message.PutHeader<nfgenmsg, OUTER>(default).Nest<INNER>(OUTER.OUTER_NEST);
        throw new InvalidTimeZoneException();
    }

    private static List<byte[]> Split(byte[] datagram)
    {
        var messages = new List<byte[]>();
        for (var at = 0; at < datagram.Length; at += BitConverter.ToInt32(datagram, at))
            messages.Add(datagram.AsSpan(at, BitConverter.ToInt32(datagram, at)).ToArray());
        return messages;
    }

    /// <summary>Answers as the kernel does: the last message, and every refusal.</summary>
    private void Answer(byte[] datagram, Func<uint, int> errno, bool eachRefusal = false)
    {
        var messages = Split(datagram);
        foreach (var message in messages)
        {
            var number = errno(BitConverter.ToUInt32(message, message.Length - 4));
            if (message == messages[^1] || (eachRefusal && number != 0))
                _kernel.Reply(ScriptedTransport.Ack(message, number));
        }
    }

    private byte[] SendAgain(NetlinkBatch batch)
    {
        Assert.True(batch.Send(_socket).IsSuccess);
        return _kernel.Sent[^1];
    }

    private (BatchResult Result, RecordingSink Sink) Send(NetlinkBatch batch, AttributeSpace? space = null, NetlinkSocket? socket = null)
    {
        var sink = new RecordingSink();
        var result = batch.Send(socket ?? _socket, ref sink, space);
        return (result, sink);
    }

    private readonly struct RecordingSink : IBatchSink
    {
        public const uint Poison = 0xdeadbeef;

        public RecordingSink()
        {
        }

        public List<string> Replies { get; } = [];

        public List<string> Refusals { get; } = [];

        public void Reply(int index, scoped in NetlinkMessage message)
        {
            var number = BitConverter.ToUInt32(message.Payload);
            if (number == Poison)
                throw new InvalidTimeZoneException();
            Replies.Add($"{index} {number}");
        }

        public void Refused(int index, in NetlinkError error) => Refusals.Add($"{index} {error}");
    }
}
