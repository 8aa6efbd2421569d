using VffNetlink.Testing;
using VffNetlink.Uapi;

namespace VffNetlink.Tests.Scripted;

public sealed class EventTests : IDisposable
{
    private readonly ScriptedTransport _kernel = new();
    private readonly NetlinkEventSocket _events;
    private Log _log = new();

    public EventTests() => _events = new NetlinkEventSocket(_kernel);

    public void Dispose() => _events.Dispose();

    [Fact]
    public void Events_Are_Handed_On_In_Order_Without_Waiting()
    {
        _kernel.Reply(Script.Together(Event(1), Event(2)));
        _kernel.Reply(Event(3));
        Assert.False(_events.Receive(ref _log));
        Assert.Equal(["1", "2", "3"], _log.Seen);
        Assert.Equal((3, 0), _kernel.Calls);
        Assert.False(_events.Receive(ref _log));
        Assert.Equal(3, _log.Seen.Count);
    }

    [Fact]
    public void Overrun_Reaches_The_Subscriber_And_Later_Events_Follow()
    {
        _kernel.Reply(Event(1));
        _kernel.Reply(ScriptedTransport.Message((ushort)NLMSG.NLMSG_OVERRUN, NLM_F.NONE, 0, []));
        _kernel.Fail(Errno.ENOBUFS);
        Assert.False(_events.Receive(ref _log));
        _kernel.Reply(Event(3));
        Assert.False(_events.Receive(ref _log));
        Assert.Equal(["1", "overrun", "overrun", "3"], _log.Seen);
    }

    [Theory]
    [InlineData(256)]
    [InlineData(1)] // however often the caller turns to other work
    public void Overrun_Comes_Behind_What_The_Kernel_Had_Queued_Before_It(int atOnce)
    {
        _kernel.Fail(Errno.ENOBUFS); // told at once
        _kernel.Reply(Event(1));
        _kernel.Reply(Event(2));
        while (_events.Receive(ref _log, atOnce))
        {
        }

        Assert.Equal(["1", "2", "overrun"], _log.Seen);
        Assert.False(_events.Receive(ref _log));
        Assert.Equal(3, _log.Seen.Count);
    }

    [Fact]
    public void Signals_Interrupt_Nothing()
    {
        _kernel.Fail(Errno.EINTR);
        _kernel.Reply(Event(1));
        _kernel.Fail(Errno.EINTR);
        Assert.False(_events.Receive(ref _log));
        Assert.Equal(["1"], _log.Seen);
    }

    [Fact]
    public void Groups_Are_Joined_And_Left_On_A_Living_Socket()
    {
        _events.Join(1);
        _events.Join(33);
        _events.Leave(1);
        Assert.Equal([33u], _kernel.Groups);
    }

    [Fact]
    public void Cancelled_Wait_Leaves_The_Socket_Usable()
    {
        Assert.Throws<OperationCanceledException>(() => _events.Wait(TimeSpan.FromSeconds(5), new CancellationToken(canceled: true)));
        _kernel.Reply(Event(1));
        Assert.True(_events.Wait(TimeSpan.Zero, TestContext.Current.CancellationToken));
        Assert.False(_events.Receive(ref _log));
        Assert.Equal(["1"], _log.Seen);
    }

    [Fact]
    public void Cut_Notification_Is_An_Overrun_And_The_Next_One_Of_Its_Size_Is_Not()
    {
        var large = ScriptedTransport.Message(Script.Object, NLM_F.NONE, 0, [7, 0, 0, 0, .. new byte[70_000]]);
        _kernel.Reply(large);
        _kernel.Reply(Event(2));
        _kernel.Reply(large);
        Assert.False(_events.Receive(ref _log));
        Assert.Equal(["overrun", "2", "7"], _log.Seen);
    }

    [Fact]
    public void Only_The_Kernel_Is_Believed_And_Control_Messages_Are_No_Events()
    {
        _kernel.Reply(Event(1), sender: 77);
        _kernel.Reply([1, 2, 3], sender: 77);
        _kernel.Reply(Script.Together(ScriptedTransport.Message((ushort)NLMSG.NLMSG_NOOP, NLM_F.NONE, 0, []), ScriptedTransport.Message((ushort)NLMSG.NLMSG_ERROR, NLM_F.NONE, 0, new byte[20]), Event(2)));
        Assert.False(_events.Receive(ref _log));
        Assert.Equal(["2"], _log.Seen);
    }

    [Fact]
    public void Flood_Leaves_The_Caller_Time_For_Other_Work()
    {
        for (var i = 0u; i < 10; i++)
            _kernel.Reply(Event(i));
        Assert.True(_events.Receive(ref _log, maximumDatagrams: 4));
        Assert.Equal(4, _log.Seen.Count);
        Assert.True(_events.Receive(ref _log, maximumDatagrams: 6));
        Assert.False(_events.Receive(ref _log, maximumDatagrams: 1));
        Assert.Equal(10, _log.Seen.Count);
    }

    [Fact]
    public void Malformed_Datagram_Is_Told_Once_And_The_Next_Call_Goes_On_Behind_It()
    {
        _kernel.Reply(Script.Together(Event(1), [9, 0, 0, 0, 1, 1, 1, 1]));
        _kernel.Reply(Event(2));
        Assert.Throws<NetlinkFormatException>(() => _events.Receive(ref _log));
        Assert.False(_events.Receive(ref _log));
        Assert.Equal(["1", "2"], _log.Seen);
    }

    [Fact]
    public void Sink_That_Throws_Loses_Only_What_It_Threw_At()
    {
        _kernel.Reply(Script.Together(Event(1), Event(Log.Poison), Event(3), Event(4)));
        _kernel.Reply(Event(5));
        Assert.Throws<InvalidTimeZoneException>(() => _events.Receive(ref _log));
        Assert.True(_events.Wait(TimeSpan.Zero, TestContext.Current.CancellationToken)); // the rest of the datagram is there
        Assert.False(_events.Receive(ref _log));
        Assert.Equal(["1", "3", "4", "5"], _log.Seen);
        Assert.False(_events.Wait(TimeSpan.Zero, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Failing_Socket_Is_An_Error()
    {
        _kernel.Fail(Errno.ENOMEM);
        Assert.Equal("receive notifications: ENOMEM", Assert.Throws<NetlinkException>(() => _events.Receive(ref _log)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => _events.Wait(TimeSpan.FromMilliseconds(-5), TestContext.Current.CancellationToken));
        _events.Dispose();
        Assert.True(_kernel.IsDisposed);
    }

    private static byte[] Event(uint number) => Script.Item(0, number, NLM_F.NONE);

    private readonly struct Log : IEventSink
    {
        public const uint Poison = 0xdeadbeef;

        public Log()
        {
        }

        public List<string> Seen { get; } = [];

        public void Event(scoped in NetlinkMessage message)
        {
            var number = BitConverter.ToUInt32(message.Payload);
            if (number == Poison)
                throw new InvalidTimeZoneException();
            Seen.Add($"{number}");
        }

        public void Overrun() => Seen.Add("overrun");
    }
}
