using System.Net;
using VffNetlink.Conntrack;
using VffQos.Configuration;
using VffQos.Flows;
using VffQos.Hosting;
using VffQos.Marks;
using VffQos.Shaping;
using VffQos.State;

namespace VffQos.Tests.Hosting;

public class InheritanceTests
{
    private const uint Old = 0x0000_ffff;

    private static readonly Dictionary<ConntrackTuple, (ushort, uint)> None = [];

    private readonly VffQosConfig _config = new()
    {
        Users = new Dictionary<string, UserLimits> { ["alice"] = default!, ["zed"] = default! },
        Sources = [new XraySource("/log", [443])],
    };

    [Fact]
    public void First_Start_Gives_Nobody_What_A_Connection_Or_An_Element_Bears()
    {
        var inheritance = new Inheritance(_config, StateContents.Empty, [Entry(22, 2), Entry(443, 3 | 0x8000_0000)],
            new Dictionary<ConntrackTuple, (ushort, uint)> { [Tuple(443)] = (4, 1) });
        Assert.Equal([2, 3, 4], inheritance.Borne().Order().Select(static i => (int)i));
        var marks = Open(inheritance, StateContents.Empty);
        Assert.Equal([5, 6], marks.Users.Select(static u => (int)u.Index).Order());
    }

    [Theory]
    [InlineData(0x03ff_0000u, 0x0001_0000u | 0x0002_0000u)]
    [InlineData(0x00ff_ff00u, 0x300u)]
    public void Marks_Come_Under_Another_Mask_Without_Being_Anybody_Elses_On_The_Way(uint mask, uint expected)
    {
        var config = _config with { Marks = new MarkSpace(mask) };
        var state = State([("alice", 3), ("zed", 4)], (Inheritance.MasksFact, Inheritance.TextOf([Old])));
        Assert.Equal(mask | Old, Inheritance.BitsOf(config, state.Facts[Inheritance.MasksFact]));
        var entries = new[] { Entry(443, 3), Entry(22, 3), Entry(443, 77), Entry(443, 0xc000_0003) };
        var inheritance = new Inheritance(config, state, entries, None);
        var marks = Open(inheritance, state, config);
        var change = inheritance.Change(marks);
        Assert.Equal(2, change.Count);
        var kernel = new[] { 3u, 0xc000_0003 };

        Carry(kernel, change.Before);
        foreach (var mark in kernel)
        {
            // Under the former look-ups it is still alice's, or nobody's; under those to come the same.
            Assert.Contains(mark & Old, (uint[])[3, 0]);
            Assert.Contains(mark & mask, (uint[])[expected, 0]);
        }

        Carry(kernel, change.After);
        Assert.Equal([expected, 0xc000_0000 | expected], kernel);
        Assert.True(marks.TryFind("alice"u8, out var alice));
        Assert.Equal(expected, alice.Mark);
    }

    [Fact]
    public void User_Whose_Index_The_New_Mask_Cannot_Hold_Takes_The_Connections_Along()
    {
        var config = _config with { Marks = new MarkSpace(0x0700_0000) };
        var state = State([("alice", 300), ("gone", 301)], (Inheritance.MasksFact, Inheritance.TextOf([Old])));
        var inheritance = new Inheritance(config, state, [Entry(443, 300), Entry(443, 301)], None);
        var marks = Open(inheritance, state, config);
        Assert.True(marks.TryFind("alice"u8, out var alice));
        var kernel = new[] { 300u, 301u };
        var change = inheritance.Change(marks);
        // By their order, for both are of one tuple here.
        Carry(kernel, change.Before);
        Carry(kernel, change.After);
        Assert.Equal([alice.Mark, 0u], kernel);
    }

    [Fact]
    public void Masks_That_May_Be_Borne_Are_In_The_State_At_Every_Point()
    {
        var apart = new MaskChange(0x00ff_0000, [0xff]);
        Assert.Equal([0xffu, 0x00ff_0000u], apart.MasksBefore);
        Assert.Equal(apart.MasksBefore, apart.MasksBetween);
        var overlapping = new MaskChange(0xfff, [0xff]);
        Assert.Equal([0xffu], overlapping.MasksBefore);
        Assert.Equal([0xfffu], overlapping.MasksBetween);
        var same = new MaskChange(0xff, []);
        Assert.Equal([0xffu], same.MasksBefore);
        Assert.Empty(same.Before);
    }

    [Fact]
    public void Flows_Of_Marked_Connections_Go_Into_The_Table_Unless_They_Are_In_It()
    {
        var config = _config with { Marks = new MarkSpace(0x00ff_0000) };
        var state = State([("alice", 3), ("zed", 4)], (Inheritance.MasksFact, Inheritance.TextOf([Old])));
        // alice's under the former mask, nobody's, another port's, zed's under the mask to come, and one that is in the table.
        var entries = new[] { Entry(443, 3, 5001), Entry(443, 77, 5002), Entry(22, 3, 5003), Entry(443, 0x0004_0000, 5004), Entry(443, 4, 5005) };
        var inheritance = new Inheritance(config, state, entries, new Dictionary<ConntrackTuple, (ushort, uint)> { [Tuple(443, 5005)] = (4, 1), [Tuple(443, 5006)] = (4, 9) });
        var table = new ListedTable();
        inheritance.Fill(table, Open(inheritance, state, config));
        Assert.Equal([(Tuple(443, 5001), (ushort)3, 1u), (Tuple(443, 5004), (ushort)4, 1u)], table.Entries);
        // What ends before the flow engine looks is removed like any other element.
        Assert.Equal([5001, 5004, 5005, 5006], inheritance.Elements.Keys.Select(static tuple => (int)tuple.SourcePort).Order());
    }

    [Fact]
    public void Flows_That_Find_No_Room_Are_Taken_For_Nobodys()
    {
        var inheritance = new Inheritance(_config, State([("alice", 3)]), [Entry(443, 3)], None);
        inheritance.Fill(new ListedTable { Full = 1 }, Open(inheritance, State([("alice", 3)])));
        Assert.Equal(((ushort)0, 0u), Assert.Single(inheritance.Elements.Values));
    }

    [Fact]
    public void Ports_Of_Earlier_Configurations_Are_Remembered() =>
        Assert.Equal("443 8443", Inheritance.TextOf(Inheritance.PortsOf(_config, Inheritance.TextOf([8443, 443]))));

    private static void Carry(uint[] kernel, IEnumerable<(ConntrackTuple Tuple, MaskedMark Mark)> steps)
    {
        var i = 0;
        foreach (var (_, mark) in steps)
        {
            kernel[i] = (kernel[i] & ~mark.Mask) | mark.Value;
            i++;
        }
    }

    private MarkRegistry Open(Inheritance inheritance, StateContents state, VffQosConfig? config = null) =>
        UserAdmission.MarksOf(config ?? _config, state, inheritance.Borne(), new FakeClock(), out _, out _, out _);

    private static StateContents State((string Name, ushort Index)[] users, params (string Key, string Value)[] facts) => StateContents.Empty with
    {
        Users = [.. users.Select(static u => new StoredUser(u.Name, u.Index, default, default))],
        Facts = facts.ToDictionary(static f => f.Key, static f => f.Value),
    };

    private static ConntrackTuple Tuple(int port, int clientPort = 5000) =>
        new(VffNetlink.IpProtocol.Udp, new IPEndPoint(IPAddress.Parse("203.0.113.7"), clientPort), new IPEndPoint(IPAddress.Parse("192.0.2.1"), port));

    private static MarkedFlow Entry(int port, uint mark, int clientPort = 5000) => new(Tuple(port, clientPort), port == 443, 1, mark);

    private sealed class ListedTable : IFlowTable
    {
        public List<(ConntrackTuple, ushort, uint)> Entries { get; } = [];

        public int Full { get; init; }

        public bool IsNeeded => true;

        public void Put(in ConntrackTuple tuple, ushort index, uint conntrackId) => Entries.Add((tuple, index, conntrackId));

        public void Remove(in ConntrackTuple tuple) => throw new NotSupportedException();

        public int Commit() => Full;

        public void Dump<TSink>(ref TSink sink)
            where TSink : struct, IFlowTableSink, allows ref struct => throw new NotSupportedException();
    }
}
