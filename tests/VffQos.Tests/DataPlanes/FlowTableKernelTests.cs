using System.Net;
using VffNetlink;
using VffNetlink.Conntrack;
using VffNetlink.Testing;
using VffQos.DataPlanes;
using VffQos.Shaping;
using VffQos.Tests.Shaping;

namespace VffQos.Tests.DataPlanes;

[Trait("Category", "Kernel")]
public class FlowTableKernelTests
{
    [Fact]
    public void What_was_put_is_what_nft_lists_and_what_a_dump_tells()
    {
        using var lab = new ShapingLab();
        using var shaper = lab.Open();
        shaper.Converge([ShapingLab.User(5)]);
        shaper.Flows.Put(Tcp("203.0.113.7", 50123, "192.0.2.1", 443), 5, 4_000_000_000);
        shaper.Flows.Put(Udp("2001:db8::7", 41000, "2001:db8::1", 443), 0xfffd, 0);
        Assert.Equal(0, shaper.Flows.Commit());
        Assert.Contains("203.0.113.7 . 192.0.2.1 . tcp . 50123 . 443 comment \"ct 4000000000\" : 7ff2:5", lab.Nft("list map netdev vffqos flows4"), StringComparison.Ordinal);
        Assert.Contains("2001:db8::7 . 2001:db8::1 . udp . 41000 . 443 comment \"ct 0\" : 7ff2:fffd", lab.Nft("list map netdev vffqos flows6"), StringComparison.Ordinal);
        Assert.Equal(2, shaper.Read().Flows);
        lab.With(other =>
        {
            other.Converge([ShapingLab.User(5)]);
            Assert.Equal(
                [(Tcp("203.0.113.7", 50123, "192.0.2.1", 443), 5, 4_000_000_000u), (Udp("2001:db8::7", 41000, "2001:db8::1", 443), 0xfffd, 0u)],
                Dump(other));
        });
    }

    [Fact]
    public void One_entry_per_tuple_whatever_comes_in_whatever_order()
    {
        using var lab = new ShapingLab();
        using var shaper = lab.Open();
        shaper.Converge([]);
        var (a, b, c) = (Tcp("203.0.113.1", 1, "192.0.2.1", 443), Tcp("203.0.113.2", 2, "192.0.2.1", 443), Udp("203.0.113.3", 3, "192.0.2.1", 443));
        Step([(a, 5, 1)], flows => flows.Put(a, 5, 1));
        Step([(a, 6, 1)], flows => flows.Put(a, 6, 1));
        Step([(a, 6, 2)], flows => flows.Put(a, 6, 2));
        Step([(a, 6, 2), (b, 5, 3)], flows => flows.Put(a, 6, 2), flows => flows.Put(b, 5, 3), flows => flows.Remove(c));
        Step([(b, 7, 4), (c, 5, 5)], flows => flows.Remove(a), flows => flows.Put(b, 7, 4), flows => flows.Put(c, 5, 5), flows => flows.Remove(a));
        Step([(b, 7, 9), (c, 5, 5)], flows => flows.Remove(b), flows => flows.Put(b, 7, 9));
        Step([(b, 7, 9), (c, 5, 5)], flows => flows.Put(a, 1, 1), flows => flows.Remove(a));
        Step([(a, 3, 3), (b, 7, 9), (c, 5, 5)], flows => flows.Remove(a), flows => flows.Put(a, 3, 3));
        Step([], flows => flows.Remove(a), flows => flows.Remove(b), flows => flows.Remove(c), flows => flows.Remove(c));

        void Step((ConntrackTuple Tuple, int Index, uint Id)[] expected, params ReadOnlySpan<Action<IFlowTable>> changes)
        {
            foreach (var change in changes)
                change(shaper.Flows);
            Assert.Equal(0, shaper.Flows.Commit());
            Assert.Equal(expected.OrderBy(static flow => flow.Tuple.SourcePort), Dump(shaper).OrderBy(static flow => flow.Tuple.SourcePort));
        }
    }

    [Fact]
    public void Thousands_of_entries_go_and_come_in_a_few_transactions_and_some_refused_ones_cost_none_of_the_others()
    {
        using var lab = new ShapingLab();
        using var shaper = lab.Open();
        shaper.Converge([]);
        var tuples = Enumerable.Range(0, 10_000).Select(static i => Tcp($"10.0.{i >> 8}.{i & 255}", (ushort)(1000 + i), "192.0.2.1", 443)).ToArray();
        foreach (var tuple in tuples)
            shaper.Flows.Put(tuple, 5, 1);
        Assert.Equal(0, shaper.Flows.Commit());
        Assert.Equal(10_000, shaper.Read().Flows);
        for (var i = 0; i < tuples.Length; i++)
        {
            if (i % 100 == 0)
                shaper.Flows.Put(tuples[i], 6, 2);
            else if (i % 3 == 0)
                shaper.Flows.Remove(tuples[i]);
            if (i % 200 == 1)
                shaper.Flows.Remove(Udp("10.9.9.9", (ushort)i, "192.0.2.1", 443));
        }

        Assert.Equal(0, shaper.Flows.Commit());
        var flows = Dump(shaper);
        Assert.Equal(100, flows.Count(static flow => flow.Index == 6));
        Assert.Equal(Enumerable.Range(0, 10_000).Count(static i => i % 100 == 0 || i % 3 != 0), flows.Count);
    }

    [Fact]
    public void What_finds_no_room_is_counted_and_the_rest_is_in()
    {
        using var lab = new ShapingLab();
        using var shaper = lab.Network.Server.Run(() => Shaper.OpenUnprobed(lab.Policy, lab.Facts, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, new ChosenDataPlane(DataPlaneKind.Maps, "Test."), mapSize: 10));
        shaper.Converge([]);
        for (ushort i = 1; i <= 15; i++)
            shaper.Flows.Put(Tcp("10.0.0.1", i, "192.0.2.1", 443), 5, i);
        Assert.Equal(5, shaper.Flows.Commit());
        Assert.Equal(10, shaper.Read().Flows);
        // What takes another's place needs no room.
        var taken = Dump(shaper)[0].Tuple;
        shaper.Flows.Put(taken, 6, 99);
        Assert.Equal(0, shaper.Flows.Commit());
        Assert.Contains((taken, 6, 99u), Dump(shaper));
    }

    [Fact]
    public void A_map_that_is_made_larger_keeps_its_flows()
    {
        using var lab = new ShapingLab();
        using (var small = lab.Network.Server.Run(() => Shaper.OpenUnprobed(lab.Policy, lab.Facts, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, new ChosenDataPlane(DataPlaneKind.Maps, "Test."), mapSize: 10)))
        {
            small.Converge([]);
            small.Flows.Put(Tcp("10.0.0.1", 1, "192.0.2.1", 443), 5, 7);
            small.Flows.Commit();
        }

        using var large = lab.Open();
        Assert.NotEmpty(large.Plan([]).Changes);
        large.Converge([]);
        Assert.Equal([(Tcp("10.0.0.1", 1, "192.0.2.1", 443), 5, 7u)], Dump(large));
        Assert.Empty(large.Plan([]).Changes);
    }

    [Fact]
    public void A_table_that_somebody_deleted_is_an_error_and_what_is_queued_stays_queued()
    {
        using var lab = new ShapingLab();
        using var shaper = lab.Open();
        shaper.Converge([]);
        lab.Nft("flush ruleset");
        var tuple = Tcp("10.0.0.1", 1, "192.0.2.1", 443);
        shaper.Flows.Put(tuple, 5, 7);
        Assert.Throws<NetlinkException>(() => shaper.Flows.Commit());
        shaper.Converge([]);
        Assert.Equal(0, shaper.Flows.Commit());
        Assert.Equal([(tuple, 5, 7u)], Dump(shaper));
    }

    [Fact]
    public void Nothing_is_allocated_per_entry()
    {
        using var lab = new ShapingLab();
        using var shaper = lab.Open();
        shaper.Converge([]);
        var flows = shaper.Flows;
        var tuples = Enumerable.Range(1, 16).Select(static i => i % 2 == 0 ? Tcp("10.0.0.1", (ushort)i, "192.0.2.1", 443) : Udp("2001:db8::7", (ushort)i, "2001:db8::1", 443)).ToArray();
        var id = 0u;
        Allocations.None(
            () =>
            {
                id++;
                foreach (var tuple in tuples)
                {
                    // New, replacing, gone, and refused at first, in turns.
                    if (id % 5 == 0)
                        flows.Remove(tuple);
                    else
                        flows.Put(tuple, (ushort)(2 + (id % 3)), id);
                }

                flows.Commit();
            },
            repetitions: 100); // of sixteen flows each, and a transaction waits for the kernel
    }

    private static ConntrackTuple Tcp(string source, ushort sourcePort, string destination, ushort port) => new(IpProtocol.Tcp, new IPEndPoint(IPAddress.Parse(source), sourcePort), new IPEndPoint(IPAddress.Parse(destination), port));

    private static ConntrackTuple Udp(string source, ushort sourcePort, string destination, ushort port) => new(IpProtocol.Udp, new IPEndPoint(IPAddress.Parse(source), sourcePort), new IPEndPoint(IPAddress.Parse(destination), port));

    private static List<(ConntrackTuple Tuple, int Index, uint Id)> Dump(Shaper shaper)
    {
        var sink = new Sink([]);
        shaper.Flows.Dump(ref sink);
        return sink.Flows;
    }

    private readonly struct Sink(List<(ConntrackTuple, int, uint)> flows) : IFlowTableSink
    {
        public List<(ConntrackTuple Tuple, int Index, uint Id)> Flows { get; } = flows;

        public void Flow(in ConntrackTuple tuple, ushort index, uint conntrackId) => Flows.Add((tuple, index, conntrackId));
    }
}
