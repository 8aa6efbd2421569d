using System.Diagnostics;
using VffNetlink.Events;
using VffNetlink.Testing;
using VffNetlink.Tests.Scripted;
using VffNetlink.Uapi;

namespace VffNetlink.Tests.Events;

public sealed class EventStreamTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly QueueTransport _kernel = new();
    private readonly CancellationTokenSource _deadline = new(Patience);
    private readonly NetlinkEventStream _stream;

    public EventStreamTests() => _stream = new NetlinkEventStream(new NetlinkEventSocket(_kernel), 4096);

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _deadline.Dispose();
    }

    [Fact]
    public async Task Events_Come_In_Order_With_The_Overrun_In_Its_Place()
    {
        _kernel.Notify(Script.Together(Event(1), Event(2)));
        _kernel.Notify(Event(3));
        Assert.Equal(["1", "2", "3"], await Take(3));
        _kernel.Overrun(Event(4));
        Assert.Equal(["4", "overrun"], await Take(2));
        _kernel.Notify(Event(5));
        Assert.Equal(["5"], await Take(1));
        Assert.Equal(1, _stream.Overruns);
    }

    [Fact]
    public async Task Busy_Consumer_Stops_The_Reader_And_Loses_Nothing_That_Was_Read()
    {
        const int Count = 2000;
        for (var i = 0u; i < Count; i++)
            _kernel.Notify(Event(i));
        // 24 bytes each: the stream's 4,096 are full long before.
        Until(() => Stands(() => _kernel.Pending));
        Assert.InRange(_kernel.Pending, 1, Count - 4096 / 24);
        Assert.Equal(Enumerable.Range(0, Count).Select(static i => $"{i}"), await Take(Count));
        Assert.Equal(0, _kernel.Pending);
    }

    [Fact]
    public async Task Overrun_Behind_A_Full_Stream_Keeps_Its_Place()
    {
        _kernel.Overrun(Enumerable.Range(0, 1000).Select(static i => Event((uint)i)));
        Assert.Equal([.. Enumerable.Range(0, 1000).Select(static i => $"{i}"), "overrun"], await Take(1001));
        _kernel.Notify(Event(1));
        Assert.Equal(["1"], await Take(1));
    }

    [Fact]
    public async Task Datagrams_Of_Any_Size_Pass()
    {
        for (var length = 0; length < 70; length++)
            _kernel.Notify(ScriptedTransport.Message(Script.Object, NLM_F.NONE, 0, [(byte)length, 0, 0, 0, .. new byte[length * 901]]));
        var lengths = new List<int>();
        await foreach (var item in _stream.ReadAllAsync(static (scoped in NetlinkMessage m) => m.Payload.Length, _deadline.Token))
        {
            lengths.Add(item.Value);
            if (lengths.Count == 70)
                break;
        }

        Assert.Equal(Enumerable.Range(0, 70).Select(static i => 4 + i * 901), lengths);
    }

    [Fact]
    public async Task Consumer_That_Leaves_Amid_A_Datagram_Leaves_The_Rest_To_The_Next_One()
    {
        _kernel.Notify(Script.Together(Event(1), Event(2), Event(3)));
        Assert.Equal(["1"], await Take(1));
        Assert.Equal(["2", "3"], await Take(2));
    }

    [Fact]
    public async Task Cancelled_Enumeration_Ends_And_Another_One_Goes_On()
    {
        using var source = new CancellationTokenSource();
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reading = Task.Run(async () =>
        {
            await foreach (var item in _stream.ReadAllAsync(NumberOf, source.Token))
            {
                Assert.Equal("1", item.Value);
                seen.SetResult();
            }
        }, _deadline.Token);
        _kernel.Notify(Event(1));
        await seen.Task.WaitAsync(_deadline.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(_deadline.Token));
        _kernel.Notify(Event(2));
        Assert.Equal(["2"], await Take(1));
    }

    [Fact]
    public async Task Malformed_Datagram_Is_Told_In_Its_Place_And_The_Next_Enumeration_Goes_On_Behind_It()
    {
        _kernel.Notify(Script.Together(Event(1), [9, 0, 0, 0, 1, 1, 1, 1]));
        _kernel.Notify(Event(2));
        Assert.Equal(["1"], await Take(1));
        await Assert.ThrowsAsync<NetlinkFormatException>(() => Take(1));
        Assert.Equal(["2"], await Take(1));
    }

    [Fact]
    public async Task Failing_Socket_Is_Told_Behind_What_It_Had_Received()
    {
        _kernel.Notify(Event(1));
        _kernel.Fail(Errno.ENOMEM);
        Assert.Equal(["1"], await Take(1));
        var exception = await Assert.ThrowsAsync<NetlinkException>(() => Take(1));
        Assert.Equal(Errno.ENOMEM, exception.Error.Number);
    }

    [Fact]
    public async Task One_Consumer_At_A_Time()
    {
        _kernel.Notify(Event(1));
        await using (var first = _stream.ReadAllAsync(NumberOf, _deadline.Token).GetAsyncEnumerator(_deadline.Token))
        {
            Assert.True(await first.MoveNextAsync());
            await Assert.ThrowsAsync<InvalidOperationException>(() => Take(1));
        }

        _kernel.Notify(Event(2));
        Assert.Equal(["2"], await Take(1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5000)] // more than the stream holds: its reader is blocked
    public async Task Disposal_Ends_The_Thread_The_Socket_And_The_Enumeration(int events)
    {
        for (var i = 0u; i < events; i++)
            _kernel.Notify(Event(i));
        Until(() => Stands(() => _kernel.Pending));
        await _stream.DisposeAsync();
        await _stream.DisposeAsync();
        Assert.True(_kernel.IsDisposed);
        var read = 0;
        await foreach (var item in _stream.ReadAllAsync(NumberOf, _deadline.Token))
            Assert.Equal($"{read++}", item.Value);
        Assert.InRange(read, events == 0 ? 0 : 1, events);
    }

    [Fact]
    public void Capacity_That_Holds_Nothing_Is_Refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new NetlinkEventStream(new NetlinkEventSocket(new QueueTransport()), 100));

    private static byte[] Event(uint number) => Script.Item(0, number, NLM_F.NONE);

    private static string NumberOf(scoped in NetlinkMessage message) => $"{BitConverter.ToUInt32(message.Payload)}";

    private static void Until(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(condition, Patience));

    /// <summary>Whether a number has not changed for a while.</summary>
    private static bool Stands(Func<int> number)
    {
        var (value, watch) = (number(), Stopwatch.StartNew());
        while (watch.ElapsedMilliseconds < 50)
        {
            if (number() != value)
                return false;
            Thread.Yield();
        }

        return true;
    }

    private async Task<List<string>> Take(int count)
    {
        var seen = new List<string>();
        await foreach (var item in _stream.ReadAllAsync(NumberOf, _deadline.Token))
        {
            seen.Add(item.IsOverrun ? "overrun" : item.Value);
            if (seen.Count == count)
                break;
        }

        return seen;
    }
}
