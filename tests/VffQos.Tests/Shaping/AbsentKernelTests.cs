using VffNetlink;
using VffNetlink.Conntrack;
using VffQos.Marks;
using VffQos.Shaping;

namespace VffQos.Tests.Shaping;

[Trait("Category", "Kernel")]
public class AbsentKernelTests
{
    private static readonly MarkSpace Marks = new(MarkSpace.DefaultMask);

    public static TheoryData<string> Planes => ShapingLab.Planes;

    [Theory]
    [MemberData(nameof(Planes))]
    public void Everything_is_as_it_was_before_the_first_start_and_what_others_made_is_still_there(string plane)
    {
        using var lab = new ShapingLab(plane);
        Furnish(lab, "clsact");
        var before = lab.Everything() + lab.Tc("filter show dev wan0 egress");
        lab.With(static shaper =>
        {
            shaper.Converge([ShapingLab.User(5), ShapingLab.User(6)]);
            shaper.AddOrChangeUsers([ShapingLab.User(7)]);
        });
        lab.With(static shaper => shaper.Converge([ShapingLab.User(5)]));
        Assert.NotEqual(before, lab.Everything() + lab.Tc("filter show dev wan0 egress"));
        lab.With(static shaper => shaper.Absent(ShapingLab.Ours()));
        Assert.Equal(before, lab.Everything() + lab.Tc("filter show dev wan0 egress"));
        lab.With(static shaper => shaper.Absent(ShapingLab.Ours()));
        Assert.Equal(before, lab.Everything() + lab.Tc("filter show dev wan0 egress"));
    }

    [Fact]
    public void An_ingress_qdisc_of_somebody_else_is_used_and_left()
    {
        using var lab = new ShapingLab("Marks");
        Furnish(lab, "ingress");
        var before = lab.Everything();
        lab.With(static shaper => shaper.Converge([ShapingLab.User(5)]));
        Assert.Contains("mirred (Egress Redirect to device ifb-test)", lab.Tc("filter show dev wan0 ingress"), StringComparison.Ordinal);
        lab.With(static shaper => shaper.Absent(ShapingLab.Ours()));
        Assert.Equal(before, lab.Everything());
    }

    [Fact]
    public void Our_clsact_stays_while_somebody_uses_it()
    {
        using var lab = new ShapingLab("Marks");
        lab.With(static shaper => shaper.Converge([]));
        lab.Tc("filter add dev wan0 egress protocol ip pref 7 u32 match ip dport 25 0xffff action pass");
        lab.With(static shaper => shaper.Absent(ShapingLab.Ours()));
        Assert.Contains("clsact", lab.Tc("qdisc show dev wan0"), StringComparison.Ordinal);
        Assert.Contains("pref 7", lab.Tc("filter show dev wan0 egress"), StringComparison.Ordinal);
        Assert.Empty(lab.Tc("filter show dev wan0 ingress"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    public void The_length_of_the_transmit_queue_is_put_back(int length)
    {
        using var lab = new ShapingLab();
        lab.Ip($"link set dev wan0 txqueuelen {length}");
        var before = lab.Everything();
        lab.With(static shaper => shaper.Converge([ShapingLab.User(5)]));
        lab.With(static shaper => shaper.Converge([ShapingLab.User(5)]));
        lab.With(static shaper => shaper.Absent(ShapingLab.Ours()));
        Assert.Equal(before, lab.Everything());
        Assert.Null(lab.Facts.Get("txqueuelen"));
    }

    [Fact]
    public void Our_users_marks_go_from_all_connections_and_nobody_elses_bit_does()
    {
        using var lab = new ShapingLab();
        using var shaper = lab.Open();
        shaper.Converge([ShapingLab.User(5)]);
        var ours = Marks.ToMark(5);
        var foreign = ~Marks.Mask & 0x8000_c000;
        (uint Before, uint After)[] marks = [(ours | foreign, foreign), (ours, 0), (255, 255), (foreign, foreign), (Marks.ToMark(77) | foreign, Marks.ToMark(77) | foreign), (0, 0)];
        using var connections = ConntrackClient.Open(new NetlinkSocketOptions { Namespace = lab.Network.Server });
        var flows = marks.Select((_, i) => new DatagramPair(lab, client: (i % 4) + 1, port: 443 + i)).ToList();
        try
        {
            foreach (var (flow, (mark, _)) in flows.Zip(marks))
            {
                Assert.True(flow.Up());
                connections.SetMark(flow.Tuple, new MaskedMark(mark));
            }

            shaper.Absent(ShapingLab.Ours(5));
            Assert.Equal(marks.Select(static mark => (uint?)mark.After), flows.Select(flow => connections.Get(flow.Tuple).Mark ?? 0).Select(static mark => (uint?)mark));
            // conntrack counts what bears a mark: conntrack -L prints the whole table.
            Assert.DoesNotContain($"mark={ours} ", lab.Run("conntrack", "-L"), StringComparison.Ordinal);
        }
        finally
        {
            flows.ForEach(static flow => flow.Dispose());
        }
    }

    [Theory]
    [MemberData(nameof(Planes))]
    public void Without_a_state_the_kernel_tells_whose_marks_are_ours_and_other_ports_connections_stay(string plane)
    {
        using var lab = new ShapingLab(plane);
        using var shaper = lab.Open();
        shaper.Converge([ShapingLab.User(5), ShapingLab.User(6)]);
        using var connections = ConntrackClient.Open(new NetlinkSocketOptions { Namespace = lab.Network.Server });
        using var ours = new DatagramPair(lab);
        using var other = new DatagramPair(lab, client: 2, port: 444);
        using var foreign = new DatagramPair(lab, client: 3, port: 22);
        (DatagramPair Flow, uint Mark, uint After)[] flows = [(ours, Marks.ToMark(5) | 0x8000_0000, 0x8000_0000), (other, Marks.ToMark(7), Marks.ToMark(7)), (foreign, Marks.ToMark(6), Marks.ToMark(6))];
        foreach (var (flow, mark, _) in flows)
        {
            Assert.True(flow.Up());
            connections.SetMark(flow.Tuple, new MaskedMark(mark));
        }

        shaper.Absent(ShapingLab.Ours());
        Assert.Equal(flows.Select(static flow => (uint?)flow.After), flows.Select(flow => connections.Get(flow.Flow.Tuple).Mark));
    }

    [Fact]
    public void Packets_flow_while_everything_is_taken_away()
    {
        using var lab = new ShapingLab();
        using var shaper = lab.Open();
        shaper.Converge([ShapingLab.User(5)]);
        using var known = new DatagramPair(lab);
        using var unknown = new DatagramPair(lab, client: 2, port: 444);
        Assert.True(known.Up());
        known.BelongTo(shaper, 5);
        Assert.True(known.Up() && known.Down() && unknown.Up() && unknown.Down());
        shaper.Absent(ShapingLab.Ours());
        Assert.True(known.Up() && known.Down() && unknown.Up() && unknown.Down());
    }

    /// <summary>What a host has before anybody shapes.</summary>
    private static void Furnish(ShapingLab lab, string ingress)
    {
        lab.Ip("link add ifb7 type ifb");
        lab.Ip("link set dev ifb7 up");
        lab.Tc("qdisc add dev ifb7 root handle 7ff3: htb default 1");
        lab.Tc($"qdisc add dev wan0 {ingress}");
        lab.Tc("filter add dev wan0 ingress protocol ip pref 10 u32 match ip sport 53 0xffff action mirred egress mirror dev ifb7");
        if (ingress == "clsact")
            lab.Tc("filter add dev wan0 egress protocol ip pref 10 u32 match ip dport 53 0xffff action mirred egress mirror dev ifb7");
        lab.Nft("add table inet vffqos2");
        lab.Nft("add table netdev filter");
        lab.Nft("add chain netdev filter in { type filter hook ingress device \"wan0\" priority 0; }");
        lab.Nft("add rule netdev filter in udp dport 9 drop");
        lab.Nft("add table ip docker");
        lab.Nft("add chain ip docker post { type filter hook postrouting priority 100; }");
        lab.Nft("add rule ip docker post meta mark set 7");
    }
}
