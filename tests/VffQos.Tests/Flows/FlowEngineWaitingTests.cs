using System.Net;
using VffNetlink;
using VffNetlink.Conntrack;
using VffNetlink.Testing;
using VffQos.Flows;
using VffQos.Sources;

namespace VffQos.Tests.Flows;

/// <summary>Lines that conntrack has no flow for, lately or ever.</summary>
public class FlowEngineWaitingTests : FlowEngineLab
{
    [Fact]
    public void Flow_That_Appears_Late_Is_Marked_When_Conntrack_Tells_Of_It()
    {
        Add("alice", 5000);
        Flush();
        _time.Advance(TimeSpan.FromMilliseconds(400));
        Tick();
        Assert.True(_engine.Knows(Tuple(5000)));
        _kernel.Begin(Tuple(5000));
        _kernel.Deliver(_engine);
        Answer();
        Assert.Equal(Index("alice"), _kernel.Table[Tuple(5000)].Index);
        Assert.False(_engine.HasWaiting);
    }

    [Fact]
    public void Lines_Of_One_Client_Without_A_Flow_Are_Looked_For_Ever_More_Rarely()
    {
        for (var i = 0; i < 1000; i++)
        {
            Add("alice", 5000);
            Flush();
            _time.Advance(TimeSpan.FromMilliseconds(10));
            Tick();
        }

        Assert.InRange(_kernel.Lookups, 4 * 4, 12 * 4); // two addresses, two transports
        Assert.True(_engine.HasWaiting); // the last one's time is not over
        _kernel.Begin(Tuple(5000));
        _kernel.Deliver(_engine);
        Answer();
        Assert.Equal(Index("alice"), _kernel.Table[Tuple(5000)].Index);
    }

    [Fact]
    public void Flood_Of_Clients_Without_A_Flow_Takes_A_Tenth_Of_The_Time_And_Late_Flows_Are_Marked_All_The_Same()
    {
        var engine = Engine([443]);
        var first = true; // the look-up that a line has at once
        var busy = TimeSpan.Zero;
        _kernel.OnFind = count =>
        {
            var time = TimeSpan.FromMicroseconds(3 * count);
            if (!first)
                busy += time;
            _time.Advance(time);
        };
        var started = _time.GetUtcNow();
        var number = 0u;
        var late = 0;
        for (var round = 0; round < 600; round++)
        {
            first = true;
            for (var i = 0; i < 200; i++)
                Stranger(engine, ++number);
            if (round % 50 == 10)
                Add("user" + round, (ushort)(6000 + round), engine: engine);
            engine.Flush();
            first = false;
            engine.Tick();
            if (round % 50 == 20)
            {
                var flow = Tuple((ushort)(6000 + round - 10));
                _kernel.Begin(flow);
                _kernel.Deliver(engine);
                Answer(engine);
                Assert.Contains(flow, _kernel.Table.Keys);
                late++;
            }

            _time.Advance(TimeSpan.FromMilliseconds(10));
            engine.Tick();
            Answer(engine);
        }

        for (var i = 0; i < 2000 && engine.HasWaiting; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(10));
            engine.Tick();
            Answer(engine);
        }

        var share = busy / (_time.GetUtcNow() - started);
        Assert.InRange(share, 0.01, 0.12);
        Assert.Equal(late, _kernel.Table.Count);
        Assert.False(engine.HasWaiting);
        Assert.Equal(number, engine.Counters.Unmatched + engine.Counters.Dropped);
    }

    /// <summary>A disk that takes nothing for hours must not fill the memory with what waits for it.</summary>
    [Fact]
    public void Lines_That_Wait_For_Their_Users_Are_Bounded_In_All_And_Each_User_Keeps_One()
    {
        var engine = new FlowEngine(_marks, _kernel, _kernel, _addresses, new FlowOptions { Ports = [[443]], MaximumWaiting = 10 }, _asked.Add, _time);
        for (ushort i = 0; i < 40; i++)
        {
            _kernel.Begin(Tuple((ushort)(5000 + i)));
            Add(i % 2 == 0 ? "alice" : "bob" + i, (ushort)(5000 + i), engine: engine);
            engine.Flush();
        }

        Assert.Equal(21, _asked.Count);
        Assert.Equal(10 + 15, _asked.Sum(static user => user.Waiting.Count));
        Assert.Equal(15, engine.Counters.Dropped);
        Answer(engine);
        Assert.Equal(25, _kernel.Table.Count);
        Assert.False(engine.HasWaiting);

        // What was dropped is found with its next line, and there is room again.
        for (ushort i = 0; i < 40; i += 2)
            Line("alice", (ushort)(5000 + i), engine: engine);
        Assert.Equal(40, _kernel.Table.Count);
    }

    [Fact]
    public void Full_Queue_Makes_Room_For_The_Newest_And_No_Client_Takes_It_All()
    {
        var waiting = new WaitingLines(capacity: 64, patience: 5000);
        var user = new FlowUser("alice");
        PendingLine Line(uint client, ushort port, long now) => new(new ClientEndpoint(new InetAddress(new IPAddress(client)), port), ClientTransport.Tcp, 0, user, 0, now, 0, false);
        for (ushort port = 1; port <= 10; port++)
            Assert.Equal(port <= 4 ? 0 : 1, waiting.Add(Line(1, port, 0), 0));
        for (uint client = 2; client <= 61; client++)
            Assert.Equal(0, waiting.Add(Line(client, 1, client), client));
        Assert.Equal(64, waiting.Count);
        Assert.Equal(1, waiting.Add(Line(100, 1, 100), 100));
        Assert.Equal(64, waiting.Count);
        Assert.False(waiting.Has(Line(1, 1, 0).Client)); // the oldest
        Assert.True(waiting.TryTake(Line(100, 1, 0).Client, out var taken));
        Assert.Equal(1, taken.Attempt);
        Assert.Equal(63, waiting.Expire(1_000_000));
        Assert.Equal(0, waiting.Count);
        Assert.Null(waiting.NextDue);
    }

    /// <summary>Against a list that is searched whole.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Queue_Holds_What_A_Plain_List_Would(int seed)
    {
        var random = new Random(seed);
        var waiting = new WaitingLines(capacity: 4000, patience: 5000);
        var users = Enumerable.Range(0, 3).Select(static i => new FlowUser("user" + i)).ToArray();
        var model = new List<PendingLine>();
        var now = 0L;
        for (var step = 0; step < 20_000; step++)
        {
            var client = new ClientEndpoint(new InetAddress(new IPAddress(random.Next(1, 60))), (ushort)random.Next(1, 4));
            var line = new PendingLine(client, ClientTransport.Tcp, 0, users[random.Next(3)], step, now, random.Next(5), false);
            bool Same(PendingLine other) => other.Client == line.Client && other.User == line.User;
            switch (random.Next(5))
            {
                case 0 or 1:
                    Assert.Equal(0, waiting.Add(line, now));
                    if (!model.Exists(Same))
                        model.Add(line);
                    break;
                case 2:
                    var had = model.RemoveAll(other => other.Client == client);
                    for (var i = 0; i < had; i++)
                        Assert.True(waiting.TryTake(client, out _));
                    Assert.False(waiting.TryTake(client, out _));
                    break;
                case 3:
                    if (waiting.TryTakeDue(now, out var due))
                        Assert.Equal(1, model.RemoveAll(other => other.Client == due.Client && other.User == due.User));
                    else
                        Assert.True(waiting.NextDue is not { } next || next > now);
                    break;
                default:
                    now += random.Next(20);
                    break;
            }

            Assert.Equal(model.Count, waiting.Count);
        }

        Assert.Equal(model.Count, waiting.Expire(now + 6000));
    }

    [Fact]
    public void Lines_That_Wait_And_Go_Allocate_Nothing()
    {
        var waiting = new WaitingLines(capacity: 1000, patience: 5000);
        var user = new FlowUser("alice");
        var lines = Enumerable.Range(1, 2000).Select(i => new PendingLine(new ClientEndpoint(new InetAddress(new IPAddress(i)), 1), ClientTransport.Tcp, 0, user, i, 0, 0, false)).ToArray();
        var now = 0L;
        var at = 0;
        Allocations.None(() =>
        {
            waiting.Add(lines[at++ % lines.Length] with { Since = now }, now);
            now += 1;
            waiting.TryTakeDue(now, out _);
            waiting.Expire(now);
        });
    }

    [Fact]
    public void Node_With_Hundreds_Of_Addresses_Is_Looked_Through_In_Slices()
    {
        var many = Enumerable.Range(0, 1500).Select(static i => new IPAddress(new byte[] { 10, 0, (byte)(i >> 8), (byte)i }));
        _addresses.Replace(many);
        var last = new InetAddress(IPAddress.Parse("10.0.5.219"));
        var flow = new ConntrackTuple(IpProtocol.Udp, new InetAddress(IPAddress.Parse("203.0.113.7")), 5000, last, 443);
        _kernel.Begin(flow);
        Add("bob", 5001);
        Line("alice", 5000);
        Assert.Equal(Index("alice"), _kernel.Table[flow].Index);
        Assert.True(_kernel.LargestLookup <= 1024, $"{_kernel.LargestLookup} look-ups at once");
        Assert.Equal(last, _addresses.For(isIPv6: false)[0]); // the next one is found with the first slice
    }

    [Fact]
    public void What_Conntrack_Refuses_Is_Asked_Again()
    {
        var flow = Tuple(5000);
        _kernel.Begin(flow);
        Line("carol", 5000);
        _kernel.Begin(Tuple(5001));
        _kernel.Begin(Tuple(5002));
        _kernel.Events.Clear();
        _kernel.Refuses = true;
        Add("alice", 5001);
        Add("bob", 5002, isHistory: true);
        Flush();
        Assert.Contains("IPCTNL_MSG_CT_GET", _engine.KernelTrouble, StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromSeconds(3));
        Tick(); // a resync that learns nothing ends nothing
        Assert.Contains(flow, _kernel.Table.Keys);
        _kernel.Refuses = false;
        _time.Advance(TimeSpan.FromMilliseconds(1500));
        Tick();
        Assert.Equal((Index("alice"), Index("bob")), (_kernel.Table[Tuple(5001)].Index, _kernel.Table[Tuple(5002)].Index));
        Assert.Null(_engine.KernelTrouble);
        Assert.False(_engine.HasWaiting);
    }

    [Fact]
    public void Mark_That_Was_Refused_Follows_With_A_Resync_A_Second_Later()
    {
        Line("alice", 4999); // she has a mark
        _kernel.Begin(Tuple(4999));
        Line("alice", 4999);
        _kernel.Begin(Tuple(5000));
        _kernel.Events.Clear();
        Tick();
        _kernel.RefusesMarks = true;
        Add("alice", 5000);
        Flush();
        Assert.Contains("IPCTNL_MSG_CT_NEW", _engine.KernelTrouble, StringComparison.Ordinal);
        Assert.Contains(Tuple(5000), _kernel.Table.Keys);
        Assert.Equal(0u, _kernel.Entries[Tuple(5000)].Mark);
        _kernel.RefusesMarks = false;
        _time.Advance(TimeSpan.FromSeconds(1));
        Tick();
        Assert.Equal(_marks.Users.Single().Mark, _kernel.Entries[Tuple(5000)].Mark);
        Assert.Null(_engine.KernelTrouble);
    }

    [Fact]
    public void Lost_Events_Are_Made_Up_For_At_Once()
    {
        var flow = Tuple(5000, protocol: IpProtocol.Udp);
        _kernel.Begin(flow);
        Line("alice", 5000, ClientTransport.Udp);
        Tick();
        _kernel.Finish(flow);
        _kernel.Deliver(_engine);
        var id = _kernel.Begin(flow);
        _kernel.Events.Clear();
        _time.Advance(TimeSpan.FromMilliseconds(10));
        _engine.EventsLost();
        Assert.Equal(TimeSpan.Zero, _engine.UntilTick);
        Tick();
        Assert.Equal((Index("alice"), id), _kernel.Table[flow]);
    }

    private static void Stranger(FlowEngine engine, uint number) =>
        engine.Line(0, new ClientEndpoint(new InetAddress(new IPAddress(0x0a00_0000 + number)), 1), ClientTransport.Unknown, "stranger"u8, false);
}
