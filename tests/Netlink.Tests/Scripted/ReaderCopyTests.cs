using VffNetlink.Testing;
using VffNetlink.Uapi;

namespace VffNetlink.Tests.Scripted;

/// <summary>A reader is a struct, and structs are copied by mistake: that is told, hangs nowhere, and takes nobody's socket away.</summary>
public sealed class ReaderCopyTests : IDisposable
{
    private readonly ScriptedTransport _kernel = new();
    private readonly NetlinkSocket _socket;

    public ReaderCopyTests()
    {
        _socket = new NetlinkSocket(_kernel);
        _kernel.OnSend = sent =>
        {
            var sequence = ScriptedTransport.SequenceOf(sent);
            _kernel.Reply(Script.Item(sequence, 1));
            _kernel.Reply(Script.Item(sequence, 2));
            _kernel.Reply(Script.Done(sequence, Errno.EBUSY));
        };
    }

    public void Dispose() => _socket.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(int.MaxValue)] // to the end
    public void Reader_Whose_Copy_Has_Read_On_Says_So(int steps)
    {
        using (var replies = _socket.Exchange(Script.Request(NLM_F.NLM_F_DUMP)))
        {
            Read(replies, steps);
            Exception? moved = null, asked = null;
            try
            {
                replies.MoveNext();
            }
            catch (InvalidOperationException exception)
            {
                moved = exception;
            }

            try
            {
                _ = replies.Error;
            }
            catch (InvalidOperationException exception)
            {
                asked = exception;
            }

            Assert.NotNull(moved);
            Assert.NotNull(asked);
        }

        Assert.Equal((0, 0), (_kernel.Pending, _kernel.Calls.Waits));
        Script.AssertUsable(_socket, _kernel);
    }

    [Fact]
    public void Reader_That_Is_Handed_On_By_Reference_Goes_On()
    {
        using var replies = _socket.Exchange(Script.Request(NLM_F.NLM_F_DUMP));
        var reader = replies;
        ReadHere(ref reader, 1);
        Assert.True(reader.MoveNext());
        Assert.False(reader.MoveNext());
        Assert.Equal(Errno.EBUSY, reader.Error.Number);
        reader.Dispose();
        Assert.Equal(Errno.EBUSY, reader.Error.Number); // and may be asked afterwards
    }

    [Fact]
    public void Copy_That_Is_Disposed_Of_Twice_Gives_Back_Nobody_Elses_Socket()
    {
        var replies = _socket.Exchange(Script.Request(NLM_F.NLM_F_DUMP));
        var copy = replies;
        copy.Dispose();
        using (var next = _socket.Exchange(Script.Request(NLM_F.NLM_F_DUMP)))
        {
            replies.Dispose();
            Exception? failure = null;
            var other = new Thread(() => failure = Record.Exception(() => _socket.TryRequest(Script.Request(), null, TimeSpan.FromMilliseconds(30), out _)));
            other.Start();
            Assert.True(other.Join(TimeSpan.FromSeconds(20)));
            Assert.IsType<TimeoutException>(failure); // it is still ours
            Assert.True(next.MoveNext());
        }

        Script.AssertUsable(_socket, _kernel);
    }

    private static void Read(ReplyReader replies, int steps) => ReadHere(ref replies, steps);

    private static void ReadHere(ref ReplyReader replies, int steps)
    {
        for (var i = 0; i < steps && replies.MoveNext(); i++)
        {
            // Nobody wants it.
        }
    }
}
