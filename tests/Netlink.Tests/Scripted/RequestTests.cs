using System.Runtime.CompilerServices;
using VffNetlink.Testing;
using VffNetlink.Uapi;

namespace VffNetlink.Tests.Scripted;

public sealed class RequestTests : IDisposable
{
    private readonly ScriptedTransport _kernel = new();
    private readonly NetlinkSocket _socket;

    public RequestTests() => _socket = new NetlinkSocket(_kernel);

    public void Dispose() => _socket.Dispose();

    [Fact]
    public void Request_Is_Stamped_Sent_Once_And_Answered_Without_Waiting()
    {
        _kernel.OnSend = sent => _kernel.Reply(ScriptedTransport.Ack(sent, 0));
        var request = Script.Request();
        BitConverter.TryWriteBytes(request.AsSpan(12), 99u); // a port that the caller has no say in
        Assert.True(_socket.TryRequest(request, null, out var error));

        Assert.Equal(default, error);
        var sent = Assert.Single(_kernel.Sent);
        Assert.Equal(request, sent);
        Assert.Equal(NLM_F.NLM_F_REQUEST | NLM_F.NLM_F_ACK, (NLM_F)BitConverter.ToUInt16(sent, 6));
        Assert.NotEqual(0u, ScriptedTransport.SequenceOf(sent));
        Assert.Equal(0u, BitConverter.ToUInt32(sent, 12));
        Assert.Equal((1, 0), _kernel.Calls);
    }

    [Fact]
    public void Refusal_Is_A_Result_And_Not_An_Exception()
    {
        _kernel.OnSend = sent => _kernel.Reply(ScriptedTransport.Ack(sent, Errno.EEXIST));
        Assert.False(_socket.TryRequest(Script.Request(), null, out var error));
        Assert.Equal((Errno.EEXIST, "EEXIST", null, null, null), (error.Number, error.Name, error.Message, error.Attribute, error.MissingAttribute));
        Script.AssertUsable(_socket, _kernel);
    }

    [Fact]
    public void Sequence_Numbers_Rise_And_Wrap_Around_Past_0()
    {
        _kernel.OnSend = sent => _kernel.Reply(ScriptedTransport.Ack(sent, 0));
        SequenceOf(_socket) = uint.MaxValue - 4;
        for (var i = 0; i < 6; i++)
            Assert.True(_socket.TryRequest(Script.Request(), null, out _));
        var numbers = _kernel.Sent.Select(static s => ScriptedTransport.SequenceOf(s)).ToArray();
        Assert.Equal([uint.MaxValue - 3, uint.MaxValue - 2, uint.MaxValue - 1, 1, 2, 3], numbers);
    }

    [Fact]
    public void Answers_To_Other_Requests_And_Of_Other_Senders_Are_Dropped()
    {
        _kernel.OnSend = sent =>
        {
            var stale = (byte[])sent.Clone();
            BitConverter.TryWriteBytes(stale.AsSpan(8), ScriptedTransport.SequenceOf(sent) - 1);
            _kernel.Reply(ScriptedTransport.Ack(stale, 0));
            BitConverter.TryWriteBytes(stale.AsSpan(8), 0u);
            _kernel.Reply(ScriptedTransport.Ack(stale, Errno.EPERM));
            _kernel.Reply(ScriptedTransport.Ack(sent, 0), sender: 4242);
            _kernel.Reply([1, 2, 3], sender: 4242);
            _kernel.Reply(Script.Together(ScriptedTransport.Ack(stale, Errno.EPERM), ScriptedTransport.Ack(sent, Errno.EBUSY)));
        };
        Assert.False(_socket.TryRequest(Script.Request(), null, out var error));
        Assert.Equal(Errno.EBUSY, error.Number);
        Script.AssertUsable(_socket, _kernel);
    }

    [Fact]
    public void Answer_That_Is_Not_There_Yet_Is_Waited_For()
    {
        _kernel.OnSend = sent =>
        {
            _kernel.Fail(Errno.EAGAIN);
            _kernel.Reply(ScriptedTransport.Ack(sent, 0), sender: 7);
            _kernel.Fail(Errno.EAGAIN);
            _kernel.Reply(ScriptedTransport.Ack(sent, Errno.ENOENT));
        };
        Assert.False(_socket.TryRequest(Script.Request(), null, out var error));
        Assert.Equal(Errno.ENOENT, error.Number);
        Assert.Equal((4, 2), _kernel.Calls);
    }

    [Fact]
    public void No_Answer_In_Time_Is_A_Timeout_And_Its_Late_Answer_Harms_Nobody()
    {
        byte[] late = [];
        _kernel.OnSend = sent => late = ScriptedTransport.Ack(sent, Errno.EPERM);
        Assert.Throws<TimeoutException>(() => _socket.TryRequest(Script.Request(), null, out _));
        Assert.Equal(1, _kernel.Calls.Waits);
        _kernel.Reply(late);
        Script.AssertUsable(_socket, _kernel);
    }

    [Fact]
    public void Strangers_Do_Not_Put_Off_The_Deadline()
    {
        using var socket = new NetlinkSocket(_kernel, new NetlinkSocketOptions { Timeout = TimeSpan.FromMilliseconds(30) });
        _kernel.OnSend = sent => _kernel.Reply(sent, sender: 7);
        _kernel.OnWait = () =>
        {
            _kernel.Reply([0], sender: 7);
            return true;
        };
        Assert.Throws<TimeoutException>(() => socket.TryRequest(Script.Request(), null, out _));
    }

    [Fact]
    public void Lost_Answer_Is_An_Error_That_Says_So()
    {
        _kernel.OnSend = _ => _kernel.Fail(Errno.ENOBUFS);
        var exception = Assert.Throws<NetlinkException>(() => _socket.TryRequest(Script.Request(), null, out _));
        Assert.Equal(Errno.ENOBUFS, exception.Error.Number);
        Assert.Contains("replies were lost", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, _kernel.Calls.Waits);
        Script.AssertUsable(_socket, _kernel);
    }

    [Fact]
    public void Overrun_Message_Counts_As_Loss()
    {
        _kernel.OnSend = sent => _kernel.Reply(ScriptedTransport.Message((ushort)NLMSG.NLMSG_OVERRUN, NLM_F.NONE, ScriptedTransport.SequenceOf(sent), []));
        Assert.Equal(Errno.ENOBUFS, Assert.Throws<NetlinkException>(() => _socket.TryRequest(Script.Request(), null, out _)).Error.Number);
        Script.AssertUsable(_socket, _kernel);
    }

    [Fact]
    public void Failing_Send_Is_An_Error_Without_An_Answer()
    {
        _kernel.SendErrno = Errno.EMSGSIZE;
        var exception = Assert.Throws<NetlinkException>(() => _socket.TryRequest(Script.Request(), null, out _));
        Assert.Equal((Errno.EMSGSIZE, "send 28 bytes: EMSGSIZE"), (exception.Error.Number, exception.Message));
        Assert.Equal(0, _kernel.Calls.Receives);
        Script.AssertUsable(_socket, _kernel);
    }

    [Fact]
    public void Failing_Receive_Is_An_Error()
    {
        _kernel.OnSend = _ => _kernel.Fail(Errno.ENOMEM);
        Assert.Equal(Errno.ENOMEM, Assert.Throws<NetlinkException>(() => _socket.TryRequest(Script.Request(), null, out _)).Error.Number);
        Script.AssertUsable(_socket, _kernel);
    }

    [Theory]
    [InlineData("0a000000020000000000000000000000", "says that it has 10 bytes")] // shorter than a header
    [InlineData("ff000000020000000000000000000000", "says that it has 255 bytes")] // runs past the datagram
    [InlineData("10000000", "ends in 4 bytes")] // a cut header
    public void Malformed_Answer_Is_An_Error_And_Is_Not_Waited_Out(string hex, string message)
    {
        _kernel.OnSend = _ => _kernel.Reply(Convert.FromHexString(hex));
        Assert.Contains(message, Assert.Throws<NetlinkFormatException>(() => _socket.TryRequest(Script.Request(), null, out _)).Message, StringComparison.Ordinal);
        Assert.Equal(0, _kernel.Calls.Waits);
        Script.AssertUsable(_socket, _kernel);
    }

    [Theory]
    [InlineData(new byte[] { 1, 2 }, "has 2 bytes; its error number needs 4")]
    [InlineData(new byte[] { 5, 0, 0, 0 }, "bears the error number 5")]
    [InlineData(new byte[] { 0, 0, 0, 0x80 }, "bears the error number -2147483648")]
    public void Acknowledgement_Without_A_Sane_Number_Is_Malformed(byte[] payload, string message)
    {
        foreach (var type in (NLMSG[])[NLMSG.NLMSG_ERROR, NLMSG.NLMSG_DONE])
        {
            _kernel.OnSend = sent => _kernel.Reply(ScriptedTransport.Message((ushort)type, NLM_F.NONE, ScriptedTransport.SequenceOf(sent), payload));
            Assert.Contains($"{type} {message}", Assert.Throws<NetlinkFormatException>(() => _socket.TryRequest(Script.Request(), null, out _)).Message, StringComparison.Ordinal);
            Script.AssertUsable(_socket, _kernel);
        }
    }

    [Fact]
    public void Objects_Before_The_Acknowledgement_Are_Passed_Over()
    {
        _kernel.OnSend = sent =>
        {
            var sequence = ScriptedTransport.SequenceOf(sent);
            _kernel.Reply(Script.Item(sequence, 1, NLM_F.NONE));
            _kernel.Reply(Script.Together(
                Script.Item(sequence, 2, NLM_F.NONE),
                ScriptedTransport.Message((ushort)NLMSG.NLMSG_NOOP, NLM_F.NONE, sequence, []),
                ScriptedTransport.Ack(sent, Errno.ERANGE)));
        };
        Assert.False(_socket.TryRequest(Script.Request(), null, out var error));
        Assert.Equal(Errno.ERANGE, error.Number);
        Assert.Equal(0, _kernel.Pending);
    }

    [Theory]
    [InlineData(0, "at least 16 bytes; this one has 0")]
    [InlineData(15, "at least 16 bytes; this one has 15")]
    [InlineData(24, "A message of 24 bytes says that it has 28")]
    [InlineData(32, "A message of 32 bytes says that it has 28")]
    public void What_Is_Not_Exactly_One_Message_Is_Not_Sent(int length, string message)
    {
        var bytes = new byte[64];
        Script.Request().CopyTo(bytes, 0);
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => _socket.TryRequest(bytes.AsSpan(0, length), null, out _)).Message, StringComparison.Ordinal);
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => _socket.Exchange(bytes.AsSpan(0, length)).Dispose()).Message, StringComparison.Ordinal);
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => new NetlinkBatch().Add(bytes.AsSpan(0, length))).Message, StringComparison.Ordinal);
        Assert.Empty(_kernel.Sent);
        Script.AssertUsable(_socket, _kernel);
    }

    [Fact]
    public void Negative_Timeouts_Are_Refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new NetlinkSocket(_kernel, new NetlinkSocketOptions { Timeout = TimeSpan.FromSeconds(-1) }));
        Assert.Equal(-1, NetlinkSocket.Milliseconds(Timeout.InfiniteTimeSpan));
        Assert.Equal(1, NetlinkSocket.Milliseconds(TimeSpan.FromMicroseconds(1)));
        Assert.Equal(int.MaxValue, NetlinkSocket.Milliseconds(TimeSpan.FromDays(1000)));
    }

    [Fact]
    public void Disposed_Socket_Refuses_Requests_By_Name()
    {
        _socket.Dispose();
        _socket.Dispose();
        Assert.True(_kernel.IsDisposed);
        Assert.Contains(nameof(NetlinkSocket), Assert.Throws<ObjectDisposedException>(() => _socket.TryRequest(Script.Request(), null, out _)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Threads_Take_Turns()
    {
        _kernel.OnSend = sent =>
        {
            _kernel.Fail(Errno.EAGAIN);
            _kernel.Reply(ScriptedTransport.Ack(sent, (int)(ScriptedTransport.SequenceOf(sent) % 100)));
        };
        var wrong = 0;
        Parallel.For(0, 4, _ =>
        {
            for (var i = 0; i < 200; i++)
            {
                var request = Script.Request();
                _socket.TryRequest(request, null, out var error);
                if (error.Number != ScriptedTransport.SequenceOf(request) % 100)
                    Interlocked.Increment(ref wrong);
            }
        });
        Assert.Equal(0, wrong);
        Assert.Equal(800, _kernel.Sent.Count);
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_sequence")]
    private static extern ref uint SequenceOf(NetlinkSocket socket);
}
