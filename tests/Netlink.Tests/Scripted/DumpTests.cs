using VffNetlink.Testing;
using VffNetlink.Uapi;

namespace VffNetlink.Tests.Scripted;

public sealed class DumpTests : IDisposable
{
    private readonly ScriptedTransport _kernel = new();
    private readonly NetlinkSocket _socket;

    public DumpTests() => _socket = new NetlinkSocket(_kernel);

    public void Dispose() => _socket.Dispose();

    [Fact]
    public void Dump_Goes_On_Over_Datagrams_To_Its_End()
    {
        _kernel.OnSend = sent =>
        {
            var sequence = ScriptedTransport.SequenceOf(sent);
            for (var i = 0u; i < 100; i += 2)
                _kernel.Reply(Script.Together(Script.Item(sequence, i), Script.Item(sequence, i + 1)));
            _kernel.Reply(Script.Done(sequence));
        };
        Assert.Equal(Enumerable.Range(0, 100).Select(static i => (uint)i), Read(out var error, out var interrupted));
        Assert.True(error.IsSuccess);
        Assert.False(interrupted);
        Assert.Equal((51, 0), _kernel.Calls);
        Script.AssertUsable(_socket, _kernel);
    }

    [Fact]
    public void Dump_Reads_The_Same_However_It_Is_Cut_Into_Datagrams()
    {
        // Every way to put 5 objects and the end into datagrams, with a pause before each of them or none.
        for (var cuts = 0; cuts < 32; cuts++)
        {
            foreach (var pause in (bool[])[false, true])
            {
                _kernel.OnSend = sent => Cut(sent, cuts, pause);
                Assert.Equal([0, 1, 2, 3, 4], Read(out var error, out _));
                Assert.True(error.IsSuccess);
                Assert.Equal(0, _kernel.Pending);
            }
        }

        void Cut(byte[] sent, int cuts, bool pause)
        {
            var sequence = ScriptedTransport.SequenceOf(sent);
            var datagram = new List<byte>();
            for (var i = 0; i < 6; i++)
            {
                datagram.AddRange(i < 5 ? Script.Item(sequence, (uint)i) : Script.Done(sequence));
                if (i < 5 && (cuts >> i & 1) == 0)
                    continue;
                if (pause)
                    _kernel.Fail(Errno.EAGAIN);
                _kernel.Reply([.. datagram]);
                datagram.Clear();
            }
        }
    }

    [Fact]
    public void Last_Message_Without_Its_Padding_Is_Read()
    {
        _kernel.OnSend = sent =>
        {
            var sequence = ScriptedTransport.SequenceOf(sent);
            var odd = ScriptedTransport.Message(Script.Object, NLM_F.NLM_F_MULTI, sequence, [1, 2, 3, 4, 5]);
            Assert.Equal(24, odd.Length);
            _kernel.Reply(Script.Together(odd, odd[..21]));
            _kernel.Reply(Script.Done(sequence));
        };
        using var replies = _socket.Exchange(Script.Request(NLM_F.NLM_F_DUMP));
        for (var i = 0; i < 2; i++)
        {
            Assert.True(replies.MoveNext());
            Assert.Equal([1, 2, 3, 4, 5], replies.Current.Payload.ToArray());
        }

        Assert.False(replies.MoveNext());
        Assert.False(replies.MoveNext());
        Assert.True(replies.Error.IsSuccess);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Refused_Dump_Has_No_Objects(bool inDone)
    {
        _kernel.OnSend = sent => _kernel.Reply(inDone
            ? Script.Done(ScriptedTransport.SequenceOf(sent), Errno.EINVAL)
            : ScriptedTransport.Ack(sent, Errno.EINVAL));
        Assert.Empty(Read(out var error, out _));
        Assert.Equal(Errno.EINVAL, error.Number);
        Script.AssertUsable(_socket, _kernel);
    }

    [Fact]
    public void Dump_That_Fails_Half_Way_Tells_So_At_Its_End()
    {
        _kernel.OnSend = sent =>
        {
            _kernel.Reply(Script.Item(ScriptedTransport.SequenceOf(sent), 1));
            _kernel.Reply(Script.Done(ScriptedTransport.SequenceOf(sent), Errno.ENOMEM));
        };
        Assert.Equal([1], Read(out var error, out _));
        Assert.Equal(Errno.ENOMEM, error.Number);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)] // the end
    public void Interruption_Shows_Whichever_Message_Bears_It(int which)
    {
        _kernel.OnSend = sent =>
        {
            var sequence = ScriptedTransport.SequenceOf(sent);
            NLM_F Flags(int i) => NLM_F.NLM_F_MULTI | (i == which ? NLM_F.NLM_F_DUMP_INTR : 0);
            _kernel.Reply(Script.Together(Script.Item(sequence, 0, Flags(0)), Script.Item(sequence, 1, Flags(1))));
            _kernel.Reply(Script.Done(sequence, flags: Flags(2)));
        };
        Assert.Equal([0, 1], Read(out var error, out var interrupted));
        Assert.Equal((true, true), (error.IsSuccess, interrupted));
    }

    [Fact]
    public void Interruption_Of_Another_Answer_Is_Not_This_Ones()
    {
        _kernel.OnSend = sent =>
        {
            var sequence = ScriptedTransport.SequenceOf(sent);
            _kernel.Reply(Script.Together(Script.Item(sequence - 1, 0, NLM_F.NLM_F_DUMP_INTR), Script.Done(sequence - 1), Script.Item(sequence, 5)));
            _kernel.Reply(Script.Done(sequence));
        };
        Assert.Equal([5], Read(out _, out var interrupted));
        Assert.False(interrupted);
    }

    [Fact]
    public void Lost_Part_Is_An_Error_And_Never_A_Whole_Dump()
    {
        _kernel.OnSend = sent =>
        {
            var sequence = ScriptedTransport.SequenceOf(sent);
            _kernel.Reply(Script.Item(sequence, 1));
            _kernel.Fail(Errno.ENOBUFS);
            _kernel.Reply(Script.Item(sequence, 3));
            _kernel.Fail(Errno.ENOBUFS);
            _kernel.Reply(Script.Done(sequence));
        };
        using (var replies = _socket.Exchange(Script.Request(NLM_F.NLM_F_DUMP)))
        {
            Assert.True(replies.MoveNext());
            var caught = 0;
            try
            {
                replies.MoveNext();
            }
            catch (NetlinkException exception)
            {
                caught = exception.Error.Number;
            }

            Assert.Equal(Errno.ENOBUFS, caught);
            Assert.False(replies.MoveNext());
            Assert.Equal(Errno.ENOBUFS, replies.Error.Number);
        }

        Assert.Equal(0, _kernel.Calls.Waits);
        Script.AssertUsable(_socket, _kernel);
    }

    [Fact]
    public void Cut_Datagram_Is_An_Error_And_Fits_The_Next_Time()
    {
        var large = new byte[300_000];
        var part = 0;
        _kernel.OnSend = sent =>
        {
            var sequence = ScriptedTransport.SequenceOf(sent);
            _kernel.Reply(Script.Item(sequence, 1));
            _kernel.Reply(ScriptedTransport.Message(Script.Object, NLM_F.NLM_F_MULTI, sequence, large));
            _kernel.Reply(Script.Done(sequence));
        };
        var exception = Assert.Throws<NetlinkFormatException>(() => Read(out _, out _));
        Assert.True(exception.IsTruncation);
        Assert.Contains("A datagram of 300016 bytes was cut to the receive buffer's 262144", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, _kernel.Pending);

        using var replies = _socket.Exchange(Script.Request(NLM_F.NLM_F_DUMP));
        while (replies.MoveNext())
            part = replies.Current.Payload.Length;
        Assert.Equal(300_000, part);
    }

    public enum Leave
    {
        Break,
        Throw,
        MalformedMessage,
        MalformedAttribute,
        Unread,
    }

    [Theory]
    [InlineData(Leave.Break)]
    [InlineData(Leave.Throw)]
    [InlineData(Leave.MalformedMessage)]
    [InlineData(Leave.MalformedAttribute)]
    [InlineData(Leave.Unread)]
    public void However_A_Dump_Is_Left_It_Is_Read_To_Its_End(Leave how)
    {
        _kernel.OnSend = sent =>
        {
            var sequence = ScriptedTransport.SequenceOf(sent);
            _kernel.Reply(Script.Together(Script.Item(sequence, 0), Script.Item(sequence, 1)));
            if (how == Leave.MalformedMessage)
                _kernel.Reply(Script.Together(Script.Item(sequence, 2), [8, 0, 0, 0, 9, 9, 9, 9]));
            for (var i = 3u; i < 10; i++)
                _kernel.Reply(Script.Item(sequence, i));
            _kernel.Reply(Script.Together(Script.Item(sequence, 10), Script.Done(sequence)));
        };
        var thrown = Record.Exception(() => LeaveBy(how));
        Assert.Equal(how switch { Leave.Break or Leave.Unread => null, Leave.Throw => "InvalidTimeZoneException", _ => nameof(NetlinkFormatException) }, thrown?.GetType().Name);
        Assert.Equal(0, _kernel.Pending);
        Assert.Equal(0, _kernel.Calls.Waits);
        Script.AssertUsable(_socket, _kernel);
    }

    [Fact]
    public void Dump_That_Breaks_Off_Times_Out_Once()
    {
        _kernel.OnSend = sent => _kernel.Reply(Script.Item(ScriptedTransport.SequenceOf(sent), 1));
        Assert.Throws<TimeoutException>(() => Read(out _, out _));
        Assert.Equal(1, _kernel.Calls.Waits);
        _kernel.OnSend = sent => _kernel.Reply(Script.Item(ScriptedTransport.SequenceOf(sent), 1));
        LeaveBy(Leave.Break); // whoever leaves is not told that the end never came
        Assert.Equal(2, _kernel.Calls.Waits);
        Script.AssertUsable(_socket, _kernel);
    }

    [Fact]
    public void Request_Amid_An_Answer_Is_Refused_And_The_Answer_Goes_On()
    {
        _kernel.OnSend = sent =>
        {
            var sequence = ScriptedTransport.SequenceOf(sent);
            _kernel.Reply(Script.Item(sequence, 0));
            _kernel.Reply(Script.Item(sequence, 1));
            _kernel.Reply(Script.Done(sequence));
        };
        var items = 0;
        using (var replies = _socket.Exchange(Script.Request(NLM_F.NLM_F_DUMP)))
        {
            while (replies.MoveNext())
            {
                items++;
                Assert.Contains("in the middle of another answer", Assert.Throws<InvalidOperationException>(() => _socket.TryRequest(Script.Request(), null, out _)).Message, StringComparison.Ordinal);
                Assert.Throws<InvalidOperationException>(() => _socket.Exchange(Script.Request()).Dispose());
                var batch = new NetlinkBatch();
                batch.Add(Script.Request());
                Assert.Throws<InvalidOperationException>(() => batch.Send(_socket));
            }
        }

        Assert.Equal((2, 1), (items, _kernel.Sent.Count));
        Script.AssertUsable(_socket, _kernel);
    }

    [Fact]
    public void Socket_Disposed_Amid_An_Answer_Closes_Behind_It()
    {
        _kernel.OnSend = sent =>
        {
            var sequence = ScriptedTransport.SequenceOf(sent);
            _kernel.Reply(Script.Item(sequence, 0));
            _kernel.Reply(Script.Item(sequence, 1));
            _kernel.Reply(Script.Done(sequence));
        };
        var items = 0;
        using (var replies = _socket.Exchange(Script.Request(NLM_F.NLM_F_DUMP)))
        {
            while (replies.MoveNext())
            {
                items++;
                _socket.Dispose();
                Assert.False(_kernel.IsDisposed);
            }
        }

        Assert.Equal((2, true, 0), (items, _kernel.IsDisposed, _kernel.Pending));
        Assert.Throws<ObjectDisposedException>(() => _socket.TryRequest(Script.Request(), null, out _));
    }

    [Fact]
    public void Request_May_Be_Reused_While_Its_Answer_Is_Read()
    {
        var request = Script.Request(NLM_F.NLM_F_DUMP);
        _kernel.OnSend = sent =>
        {
            _kernel.Reply(Script.Item(ScriptedTransport.SequenceOf(sent), 1));
            _kernel.Reply(ScriptedTransport.Ack(sent, Errno.EINVAL, Script.Explain(offset: 20)));
        };
        using var replies = _socket.Exchange(request, AttributeSpace.Of<nfgenmsg, OUTER>());
        request.AsSpan().Clear();
        Assert.True(replies.MoveNext());
        Assert.False(replies.MoveNext());
        Assert.Equal("OUTER_NUMBER", replies.Error.Attribute);
        replies.Dispose();
        replies.Dispose();
    }

    private List<uint> Read(out NetlinkError error, out bool interrupted)
    {
        var numbers = new List<uint>();
        using var replies = _socket.Exchange(Script.Request(NLM_F.NLM_F_DUMP));
        while (replies.MoveNext())
        {
            Assert.Equal(Script.Object, replies.Current.Type);
            numbers.Add(BitConverter.ToUInt32(replies.Current.Payload));
        }

        error = replies.Error;
        interrupted = replies.Interrupted;
        return numbers;
    }

    private void LeaveBy(Leave how)
    {
        using var replies = _socket.Exchange(Script.Request(NLM_F.NLM_F_DUMP));
        while (how != Leave.Unread && replies.MoveNext())
        {
            if (how == Leave.Break)
                break;
            if (how == Leave.Throw)
                throw new InvalidTimeZoneException();
            if (how == Leave.MalformedAttribute)
                replies.Current.ReadHeader<rtmsg>(); // longer than the object
        }
    }
}
