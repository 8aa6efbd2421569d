using VffNetlink;
using VffNetlink.Conntrack;
using VffQos.Flows;
using VffQos.Marks;
using VffQos.Sources;

namespace VffQos.Tests.Flows;

public class FlowEngineTakeoverTests : FlowEngineLab
{
    [Fact]
    public void Marked_Entries_Are_Live_And_In_The_Table()
    {
        var alice = Ready("alice");
        var flow = Tuple(5000);
        var id = _kernel.Begin(flow, alice.Mark);
        Load();
        Assert.Equal((alice.Index, id), Assert.Single(_kernel.Table).Value);
        _kernel.Finish(flow);
        _kernel.Deliver(_engine);
        Assert.Empty(_kernel.Table);
    }

    [Fact]
    public void Flow_Whose_Entry_Was_Made_Anew_While_Nobody_Watched_Is_Marked_And_Stays_In_The_Table()
    {
        var alice = Ready("alice");
        var flow = Tuple(5000, protocol: IpProtocol.Udp);
        _kernel.Table[flow] = (alice.Index, 7);
        var id = _kernel.Begin(flow);
        _kernel.Events.Clear();
        Load();
        Assert.Equal((alice.Index, id), _kernel.Table[flow]);
        Assert.Equal(alice.Mark, _kernel.Entries[flow].Mark);
        Assert.Equal(1, _engine.Memory.LiveCount);
    }

    [Fact]
    public void Flow_Whose_Entry_Is_Gone_Leaves_The_Table_And_Is_The_Users_When_It_Comes_Back()
    {
        var alice = Ready("alice");
        var flow = Tuple(5000, protocol: IpProtocol.Udp);
        _kernel.Table[flow] = (alice.Index, 7);
        Load();
        Assert.Empty(_kernel.Table);
        var id = _kernel.Begin(flow);
        _kernel.Deliver(_engine);
        Assert.Equal((alice.Index, id), _kernel.Table[flow]);
        Assert.Equal(alice.Mark, _kernel.Entries[flow].Mark);
    }

    [Fact]
    public void What_The_Earlier_Run_Remembered_Is_Remembered_For_The_Rest_Of_Its_Time()
    {
        var alice = Ready("alice");
        var born = Tuple(5000, protocol: IpProtocol.Udp);
        var young = Tuple(5001, protocol: IpProtocol.Udp);
        var old = Tuple(5002, protocol: IpProtocol.Udp);
        var dead = Tuple(5003, protocol: IpProtocol.Udp);
        var nobodys = Tuple(5004, protocol: IpProtocol.Udp);
        _kernel.Begin(born);
        _kernel.Events.Clear();
        Load(
            new EndedFlow(young, alice.Index, TimeSpan.FromMinutes(1)), new EndedFlow(old, alice.Index, TimeSpan.FromMinutes(8)),
            new EndedFlow(born, alice.Index, TimeSpan.FromMinutes(9)), new EndedFlow(dead, alice.Index, TimeSpan.FromMinutes(11)),
            new EndedFlow(nobodys, 999, TimeSpan.Zero));
        Assert.Equal(alice.Mark, _kernel.Entries[born].Mark);
        Assert.Equal(born, Assert.Single(_kernel.Table).Key);
        _time.Advance(TimeSpan.FromMinutes(5));
        Tick();
        foreach (var flow in (ConntrackTuple[])[young, old, dead, nobodys])
            _kernel.Begin(flow);
        _kernel.Deliver(_engine);
        Assert.Equal([born, young], _kernel.Table.Keys.OrderBy(static t => t.SourcePort));
        Assert.Equal(0u, _kernel.Entries[old].Mark);
    }

    [Fact]
    public void Nobody_Elses_Mark_Is_Taken_For_A_Users()
    {
        var alice = Ready("alice");
        var ssh = Tuple(5000, port: 22);
        var unknown = Tuple(5001);
        _kernel.Begin(ssh, alice.Mark);
        _kernel.Begin(unknown, 0x4321);
        _kernel.Table[ssh] = (alice.Index, 7);
        Load();
        Assert.Empty(_kernel.Table);
        Assert.Equal(0, _engine.Memory.Count);
        Assert.Equal(0, _kernel.Marked);
        Assert.Equal((alice.Mark, 0x4321u), (_kernel.Entries[ssh].Mark, _kernel.Entries[unknown].Mark));
    }

    [Fact]
    public void Elements_Stay_While_Conntrack_Does_Not_Say_Whether_Their_Flows_Live()
    {
        var alice = Ready("alice");
        var flow = Tuple(5000);
        var dead = Tuple(5001);
        var id = _kernel.Begin(flow);
        _kernel.Table[flow] = (alice.Index, id);
        _kernel.Table[dead] = (alice.Index, 8);
        _kernel.Refuses = true;
        Load();
        Assert.Equal(2, _kernel.Table.Count);
        Assert.NotNull(_engine.KernelTrouble);
        _kernel.Refuses = false;
        _time.Advance(TimeSpan.FromSeconds(1));
        Tick();
        Assert.Equal((alice.Index, id), Assert.Single(_kernel.Table).Value);
        Assert.Equal(alice.Mark, _kernel.Entries[flow].Mark);
        Assert.Null(_engine.KernelTrouble);
    }

    [Fact]
    public void User_Who_Lost_The_Mark_Leaves_No_Flow_To_The_Next()
    {
        var flow = Tuple(5000);
        _kernel.Begin(flow);
        Line("alice", 5000);
        Assert.Single(_kernel.Table);
        _time.Advance(TimeSpan.FromHours(24));
        _engine.RemoveUsers(_marks.Reclaim(static _ => false));
        Assert.Empty(_kernel.Table);
        Assert.Equal((0, 0), (_engine.Memory.Count, _engine.Memory.LiveCount));
        Line("alice", 5000);
        Assert.Equal(Index("alice"), Assert.Single(_kernel.Table).Value.Index);
    }

    private MarkedUser Ready(string name)
    {
        Assert.True(_marks.TryAssign(System.Text.Encoding.UTF8.GetBytes(name), out var user, out _));
        _engine.AddReadyUser(user);
        return user;
    }

    private void Load(params EndedFlow[] ended) => _engine.Load(
        [.. _kernel.Entries.Where(static e => e.Value.Mark != 0).Select(static e => new MarkedFlow(e.Key, e.Key.DestinationPort == 443, e.Value.Id, e.Value.Mark))],
        new Dictionary<ConntrackTuple, (ushort, uint)>(_kernel.Table), ended);
}
