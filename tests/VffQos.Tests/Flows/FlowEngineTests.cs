using System.Net;
using System.Text;
using VffNetlink;
using VffNetlink.Conntrack;
using VffQos.Flows;
using VffQos.Marks;
using VffQos.Sources;

namespace VffQos.Tests.Flows;

public class FlowEngineTests : FlowEngineLab
{
    [Fact]
    public void Line_Gives_The_Flow_To_The_User_Once_The_User_Is_Ready()
    {
        var flow = Tuple(5000);
        _kernel.Begin(flow);
        Add("alice", 5000);
        _engine.Flush();
        Assert.Equal("alice", Assert.Single(_asked).Name);
        Assert.Empty(_kernel.Table);
        Assert.True(_engine.HasWaiting);

        Answer();

        var alice = _marks.Users.Single();
        Assert.Equal(alice.Mark, _kernel.Entries[flow].Mark);
        Assert.Equal((alice.Index, _kernel.Entries[flow].Id), _kernel.Table[flow]);
        Assert.False(_engine.HasWaiting);
    }

    [Fact]
    public void Ten_Thousand_Lines_Of_One_Connection_Cost_One_Update()
    {
        _kernel.Begin(Tuple(5000));
        for (var i = 0; i < 10_000; i++)
        {
            Add("alice", 5000);
            if (i % 97 == 0)
                Flush();
        }

        Flush();
        Assert.Equal(1, _kernel.Marked);
        Assert.True(_kernel.Lookups < 20, $"{_kernel.Lookups} look-ups");
    }

    [Fact]
    public void Transport_Before_The_Address_Decides_And_Without_It_Tcp_Goes_First()
    {
        var tcp = Tuple(5000);
        var udp = Tuple(5000, protocol: IpProtocol.Udp);
        _kernel.Begin(tcp);
        _kernel.Begin(udp);
        Line("quic", 5000, ClientTransport.Udp);
        Line("web", 5000);
        Assert.Equal(Index("quic"), _kernel.Table[udp].Index);
        Assert.Equal(Index("web"), _kernel.Table[tcp].Index);
    }

    [Fact]
    public void Two_Users_Behind_One_Endpoint_On_Two_Ports_Each_Get_Their_Own()
    {
        var engine = Engine([443, 8443]);
        var first = Tuple(5000);
        var second = Tuple(5000, port: 8443);
        _kernel.Begin(first);
        Line("alice", 5000, engine: engine);
        _kernel.Begin(second);
        Line("bob", 5000, engine: engine);
        Assert.Equal(Index("alice"), _kernel.Table[first].Index);
        Assert.Equal(Index("bob"), _kernel.Table[second].Index);
    }

    [Fact]
    public void Flow_That_Appears_Late_Is_Found_Within_The_Patience_And_Counted_Beyond_It()
    {
        Add("alice", 5000);
        Add("bob", 5001);
        Flush();
        Assert.Empty(_asked);
        _time.Advance(TimeSpan.FromSeconds(3));
        _kernel.Begin(Tuple(5000));
        Tick();
        Assert.Equal(Index("alice"), _kernel.Table[Tuple(5000)].Index);
        for (var i = 0; i < 30; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(300));
            Tick();
        }

        Assert.Equal(1, _engine.Counters.Unmatched);
        Assert.False(_engine.HasWaiting);
        Assert.Equal(1, _marks.Count); // a user whose flow was never seen takes no mark
    }

    [Fact]
    public void Expired_Udp_Entry_That_Comes_Back_Is_The_Users_Again_Without_A_Line()
    {
        var flow = Tuple(5000, protocol: IpProtocol.Udp);
        _kernel.Begin(flow);
        Line("alice", 5000, ClientTransport.Udp);
        _kernel.Finish(flow);
        _kernel.Deliver(_engine);
        Assert.Empty(_kernel.Table);

        _time.Advance(TimeSpan.FromMinutes(9));
        Tick();
        var id = _kernel.Begin(flow);
        _kernel.Deliver(_engine);
        Assert.Equal((Index("alice"), id), _kernel.Table[flow]);
        Assert.Equal(_marks.Users.Single().Mark, _kernel.Entries[flow].Mark);
    }

    [Fact]
    public void Memory_Ends_After_Its_Time()
    {
        var flow = Tuple(5000, protocol: IpProtocol.Udp);
        _kernel.Begin(flow);
        Line("alice", 5000, ClientTransport.Udp);
        _kernel.Finish(flow);
        _kernel.Deliver(_engine);
        _time.Advance(TimeSpan.FromMinutes(11));
        Tick();
        _kernel.Begin(flow);
        _kernel.Deliver(_engine);
        Assert.Empty(_kernel.Table);
        Assert.Equal(0, _engine.Memory.Count);
    }

    [Fact]
    public void Late_Destroy_Of_An_Older_Entry_Leaves_The_Newer_Alone()
    {
        var flow = Tuple(5000);
        _kernel.Begin(flow);
        Line("alice", 5000);
        _kernel.Finish(flow);
        var id = _kernel.Begin(flow);
        Line("bob", 5000); // faster than both events
        Assert.Equal((Index("bob"), id), _kernel.Table[flow]);
        _kernel.Deliver(_engine);
        Assert.Equal((Index("bob"), id), _kernel.Table[flow]);
    }

    [Fact]
    public void Later_Line_Names_Another_User_For_The_Same_Tuple()
    {
        var flow = Tuple(5000);
        _kernel.Begin(flow);
        Line("alice", 5000);
        Line("bob", 5000);
        Assert.Equal(Index("bob"), _kernel.Table[flow].Index);
        Add("alice", 5000);
        Add("bob", 5000);
        Add("alice", 5000);
        Flush();
        Assert.Equal(Index("alice"), _kernel.Table[flow].Index);
    }

    [Fact]
    public void Resync_Finds_What_Events_Never_Told()
    {
        var gone = Tuple(5000);
        var reborn = Tuple(5001);
        var robbed = Tuple(5002);
        foreach (var (flow, port) in new[] { (gone, 5000), (reborn, 5001), (robbed, 5002) })
        {
            _kernel.Begin(flow);
            Line("alice", (ushort)port);
        }

        _kernel.Events.Clear();
        _kernel.Finish(gone, tells: false);
        _kernel.Finish(reborn, tells: false);
        var id = _kernel.Begin(reborn);
        _kernel.Events.Clear();
        _kernel.Entries[robbed] = _kernel.Entries[robbed] with { Mark = 0xabc0000 };
        _time.Advance(TimeSpan.FromSeconds(31));
        Tick();
        Assert.False(_kernel.Table.ContainsKey(gone));
        Assert.Equal((Index("alice"), id), _kernel.Table[reborn]);
        Assert.Equal(0xabc0000 | _marks.Users.Single().Mark, _kernel.Entries[robbed].Mark);
    }

    [Fact]
    public void History_Uses_Only_What_Conntrack_Holds_And_The_Latest_Line_Wins()
    {
        var flow = Tuple(5000);
        _kernel.Begin(flow);
        Add("alice", 5000, isHistory: true);
        Add("bob", 5000, isHistory: true);
        Add("carol", 6000, isHistory: true);
        Flush();
        Answer();
        Assert.Equal(Index("bob"), _kernel.Table[flow].Index);
        Assert.Equal(1, _engine.Counters.Historic);
        Assert.False(_engine.HasWaiting);
    }

    [Fact]
    public void Table_That_Was_Lost_Is_Filled_Again_With_What_Lives()
    {
        var ended = Tuple(5001);
        _kernel.Begin(Tuple(5000));
        _kernel.Begin(ended);
        Line("alice", 5000);
        Line("bob", 5001);
        _kernel.Finish(ended);
        _kernel.Deliver(_engine);
        var before = _kernel.Table.ToArray();
        _kernel.Table.Clear();
        _engine.FillTable();
        Assert.Equal(before, _kernel.Table.ToArray());
        Assert.Single(before);
    }

    [Fact]
    public void Addresses_Of_Both_Families_Are_Candidates_And_Loopback_Is_None()
    {
        var v6 = new ConntrackTuple(IpProtocol.Tcp, new InetAddress(IPAddress.Parse("2001:db8::77")), 5000, Node6, 443);
        _kernel.Begin(v6);
        _engine.Line(0, new ClientEndpoint(new InetAddress(IPAddress.Parse("2001:db8::77")), 5000), ClientTransport.Unknown, "six"u8, false);
        Flush();
        Assert.Equal(Index("six"), _kernel.Table[v6].Index);
        Assert.Equal(2, _addresses.For(isIPv6: false).Count);
    }

    /// <summary>
    /// Lines, events and resyncs in any order: once all is told, every live flow bears the mark of the last line about it, and the
    /// table holds exactly the live flows with their own ids.
    /// </summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Any_Order_Ends_In_The_Same_State(int seed)
    {
        var random = new Random(seed);
        var last = new Dictionary<ConntrackTuple, string>();
        for (var step = 0; step < 3000; step++)
        {
            var port = (ushort)(5000 + random.Next(20));
            var flow = Tuple(port, protocol: IpProtocol.Udp);
            switch (random.Next(7))
            {
                case 0 or 1 when !_kernel.Entries.ContainsKey(flow):
                    _kernel.Begin(flow);
                    var user = "user" + random.Next(8);
                    Add(user, port, ClientTransport.Udp);
                    last[flow] = user;
                    break;
                case 2:
                    _kernel.Finish(flow, tells: random.Next(4) != 0);
                    break;
                case 3:
                    Flush();
                    break;
                case 4:
                    _kernel.Deliver(_engine, random.Next(10));
                    break;
                case 5:
                    Answer();
                    break;
                default:
                    _time.Advance(TimeSpan.FromMilliseconds(random.Next(2000)));
                    Tick();
                    break;
            }
        }

        Flush();
        _kernel.Deliver(_engine);
        Answer();
        for (var i = 0; i < 3; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(40));
            Tick();
            Answer();
        }

        Assert.Equal(_kernel.Entries.Keys.Order(Comparer<ConntrackTuple>.Create((a, b) => a.SourcePort - b.SourcePort)),
            _kernel.Table.Keys.Order(Comparer<ConntrackTuple>.Create((a, b) => a.SourcePort - b.SourcePort)));
        foreach (var (flow, (id, mark)) in _kernel.Entries)
        {
            Assert.Equal((Index(last[flow]), id), _kernel.Table[flow]);
            Assert.Equal(_marks.Find(Index(last[flow]))!.Mark, mark);
        }
    }

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 25)];
}
