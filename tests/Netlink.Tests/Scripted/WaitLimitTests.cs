using System.Diagnostics;
using VffNetlink.Testing;
using VffNetlink.Uapi;

namespace VffNetlink.Tests.Scripted;

/// <summary>Deadlines and cancellation of calls, and what they leave behind: a socket that works.</summary>
public sealed class WaitLimitTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ScriptedTransport _kernel = new();
    private readonly NetlinkSocket _socket;

    public WaitLimitTests() => _socket = new NetlinkSocket(_kernel);

    public void Dispose() => _socket.Dispose();

    [Fact]
    public void Cancelled_Beforehand_Nothing_Is_Sent()
    {
        var limit = new WaitLimit(null, new CancellationToken(canceled: true));
        var batch = new NetlinkBatch();
        batch.Add(Script.Request());
        var transaction = new NfnetlinkTransaction(NFNL_SUBSYS.NFNL_SUBSYS_NFTABLES);
        var message = transaction.Begin(0, NLM_F.NONE);
        message.PutHeader<nfgenmsg, OUTER>(default);
        transaction.Commit(message);
        Assert.Throws<OperationCanceledException>(() => _socket.TryRequest(Script.Request(), null, limit, out _));
        Assert.Throws<OperationCanceledException>(() => _socket.Exchange(Script.Request(), null, limit).Dispose());
        Assert.Throws<OperationCanceledException>(() => _socket.Dump(Script.Request(NLM_F.NLM_F_DUMP), null, "objects", NumberOf, limit: limit));
        Assert.Throws<OperationCanceledException>(() => batch.Send(_socket, null, limit));
        Assert.Throws<OperationCanceledException>(() =>
        {
            var sink = default(IgnoringSink);
            transaction.Send(_socket, ref sink, null, limit);
        });
        Assert.Empty(_kernel.Sent);
        Script.AssertUsable(_socket, _kernel);
    }

    [Fact]
    public void Cancelled_Wait_Ends_And_The_Late_Answer_Is_Dropped()
    {
        using var source = new CancellationTokenSource();
        byte[] late = [];
        _kernel.OnSend = sent => late = ScriptedTransport.Ack(sent, Errno.EPERM);
        _kernel.OnWait = () =>
        {
            source.Cancel();
            return false;
        };
        var thrown = Assert.Throws<OperationCanceledException>(() => _socket.TryRequest(Script.Request(), null, source.Token, out _));
        Assert.Equal(source.Token, thrown.CancellationToken);
        Assert.Equal(1, _kernel.Calls.Waits);
        _kernel.Reply(late);
        Script.AssertUsable(_socket, _kernel);
    }

    [Fact]
    public void Answer_That_Is_There_Is_Taken_However_Late()
    {
        using var source = new CancellationTokenSource();
        _kernel.OnSend = sent =>
        {
            _kernel.Reply(ScriptedTransport.Ack(sent, Errno.EEXIST));
            source.Cancel();
        };
        Assert.False(_socket.TryRequest(Script.Request(), null, new WaitLimit(Patience, source.Token), out var error));
        Assert.Equal((Errno.EEXIST, 0), (error.Number, _kernel.Calls.Waits));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // the deadline passes
    public void Dump_Given_Up_Between_Datagrams_Is_Read_To_Its_End_Without_Waiting(bool late)
    {
        using var source = new CancellationTokenSource();
        _kernel.OnSend = sent =>
        {
            var sequence = ScriptedTransport.SequenceOf(sent);
            for (var i = 0u; i < 10; i++)
                _kernel.Reply(Script.Item(sequence, i));
            _kernel.Reply(Script.Done(sequence));
        };
        var limit = late ? new WaitLimit(TimeSpan.FromMilliseconds(20)) : new WaitLimit(null, source.Token);
        var read = 0;
        var watch = Stopwatch.StartNew();
        var thrown = Record.Exception(() =>
        {
            using var replies = _socket.Exchange(Script.Request(NLM_F.NLM_F_DUMP), null, limit);
            while (replies.MoveNext())
            {
                if (++read < 3)
                    continue;
                if (late)
                    SpinWait.SpinUntil(() => watch.ElapsedMilliseconds > 50);
                else
                    source.Cancel();
            }
        });
        Assert.Equal(late ? typeof(TimeoutException) : typeof(OperationCanceledException), thrown?.GetType());
        Assert.Equal((3, 0, 0), (read, _kernel.Pending, _kernel.Calls.Waits));
        Script.AssertUsable(_socket, _kernel);
    }

    [Fact]
    public void Dump_That_Breaks_Off_Is_Given_Up_At_The_Calls_Own_Deadline()
    {
        _kernel.OnSend = sent => _kernel.Reply(Script.Item(ScriptedTransport.SequenceOf(sent), 1));
        var exception = Assert.Throws<TimeoutException>(() => _socket.Dump(Script.Request(NLM_F.NLM_F_DUMP), null, "objects", NumberOf, limit: new WaitLimit(TimeSpan.FromSeconds(30))));
        Assert.Contains("within 30000 ms", exception.Message, StringComparison.Ordinal);
        Script.AssertUsable(_socket, _kernel);
    }

    [Fact]
    public void Cancelled_Batch_Says_How_Far_It_Came_And_Sends_Nothing_More()
    {
        _kernel.ReceiveRoom = NetlinkBatch.AnswerCost * 4;
        using var socket = new NetlinkSocket(_kernel);
        using var source = new CancellationTokenSource();
        var batch = new NetlinkBatch();
        for (var i = 0; i < 10; i++)
            batch.Add(Script.Request());
        _kernel.OnSend = sent =>
        {
            _kernel.Reply(ScriptedTransport.Ack(sent.AsSpan(sent.Length - 28), 0));
            if (_kernel.Sent.Count == 2)
                source.Cancel();
        };
        var thrown = Assert.Throws<OperationCanceledException>(() => batch.Send(socket, null, source.Token));
        Assert.Equal("A batch of 10 messages was cancelled: the first 8 were answered.", thrown.Message);
        Assert.Equal((source.Token, 2), (thrown.CancellationToken, _kernel.Sent.Count));
        Script.AssertUsable(socket, _kernel);
    }

    [Fact]
    public void Batch_That_Takes_Too_Long_Says_How_Far_It_Came()
    {
        _kernel.ReceiveRoom = NetlinkBatch.AnswerCost * 4;
        using var socket = new NetlinkSocket(_kernel);
        var batch = new NetlinkBatch();
        for (var i = 0; i < 10; i++)
            batch.Add(Script.Request());
        _kernel.OnSend = sent =>
        {
            if (_kernel.Sent.Count < 3)
                _kernel.Reply(ScriptedTransport.Ack(sent.AsSpan(sent.Length - 28), 0));
        };
        var thrown = Assert.Throws<TimeoutException>(() => batch.Send(socket, null, TimeSpan.FromSeconds(30)));
        Assert.StartsWith("A batch of 10 messages took too long: the first 8 were answered.", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(3, _kernel.Sent.Count);
        Script.AssertUsable(socket, _kernel);
    }

    [Fact]
    public void Waiting_For_The_Turn_Can_Be_Cancelled_And_Has_A_Deadline()
    {
        using var source = new CancellationTokenSource();
        _kernel.OnSend = sent => _kernel.Reply(ScriptedTransport.Ack(sent, 0));
        var failures = new Exception?[2];
        using (var held = _socket.Exchange(Script.Request()))
        {
            var cancelled = new Thread(() => failures[0] = Record.Exception(() => _socket.TryRequest(Script.Request(), null, source.Token, out _)));
            var late = new Thread(() => failures[1] = Record.Exception(() => _socket.TryRequest(Script.Request(), null, new WaitLimit(TimeSpan.FromMilliseconds(30)), out _)));
            cancelled.Start();
            late.Start();
            Assert.True(late.Join(Patience));
            Assert.True(cancelled.IsAlive);
            source.Cancel();
            Assert.True(cancelled.Join(Patience));
            while (held.MoveNext())
            {
            }
        }

        Assert.IsType<OperationCanceledException>(failures[0]);
        Assert.IsType<TimeoutException>(failures[1]);
        Assert.Single(_kernel.Sent);
        Script.AssertUsable(_socket, _kernel);
    }

    [Fact]
    public void Waiters_That_Give_Up_Swallow_Nobodys_Turn()
    {
        _kernel.OnSend = sent => _kernel.Reply(ScriptedTransport.Ack(sent, 0));
        var done = 0;
        var threads = Enumerable.Range(0, 8).Select(number => new Thread(() =>
        {
            for (var i = 0; i < 300; i++)
            {
                using var source = number < 4 ? new CancellationTokenSource() : null;
                source?.CancelAfter(TimeSpan.FromMicroseconds(i * 3));
                try
                {
                    _socket.TryRequest(Script.Request(), null, new WaitLimit(number == 4 ? TimeSpan.FromMilliseconds(1) : null, source?.Token ?? default), out _);
                }
                catch (Exception exception) when (exception is OperationCanceledException or TimeoutException)
                {
                    // The turn did not come in time.
                }
            }

            Interlocked.Increment(ref done);
        })).ToArray();
        foreach (var thread in threads)
            thread.Start();
        Assert.All(threads, static thread => Assert.True(thread.Join(Patience)));
        Assert.Equal(8, done);
        Script.AssertUsable(_socket, _kernel);
    }

    [Fact]
    public void Disposed_While_Others_Wait_For_Their_Turn_They_Are_Told()
    {
        _kernel.OnSend = sent => _kernel.Reply(ScriptedTransport.Ack(sent, 0));
        Exception? failure = null;
        Thread waiting;
        using (_socket.Exchange(Script.Request()))
        {
            waiting = new Thread(() => failure = Record.Exception(() => _socket.TryRequest(Script.Request(), null, out _)));
            waiting.Start();
            _socket.Dispose();
        }

        Assert.True(waiting.Join(Patience));
        Assert.IsType<ObjectDisposedException>(failure);
        Assert.True(_kernel.IsDisposed);
    }

    private static object NumberOf(scoped in NetlinkMessage message) => BitConverter.ToUInt32(message.Payload);

    private readonly struct IgnoringSink : IBatchSink
    {
        public void Reply(int index, scoped in NetlinkMessage message)
        {
        }

        public void Refused(int index, in NetlinkError error)
        {
        }
    }
}
