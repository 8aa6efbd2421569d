using System.Text.Json;
using VffQos.DataPlanes;
using VffQos.Shaping;

namespace VffQos.Tests.Shaping;

[Trait("Category", "Kernel")]
public class ConvergeKernelTests
{
    private static readonly UserShape[] Users = [ShapingLab.User(5), ShapingLab.User(0x7ff1, "50mbit", "80mbit"), ShapingLab.User(0xfffd, "64kbit", "1gbit")];

    public static TheoryData<string> Planes => ShapingLab.Planes;

    [Theory]
    [MemberData(nameof(Planes))]
    public void What_is_made_is_what_the_witnesses_see(string plane)
    {
        using var lab = new ShapingLab(plane);
        using var shaper = lab.Open();
        shaper.Converge(Users);

        var ifb = JsonDocument.Parse(lab.Ip("-d -j link show dev ifb-test")).RootElement[0];
        Assert.Equal("vffqos", ifb.GetProperty("ifalias").GetString());
        Assert.Equal(1000, ifb.GetProperty("txqlen").GetInt32());
        Assert.Contains("UP", ifb.GetProperty("flags").EnumerateArray().Select(static flag => flag.GetString()));
        foreach (var (device, root) in new[] { ("wan0", "7ff1:"), ("ifb-test", "7ff2:") })
        {
            var qdiscs = JsonDocument.Parse(lab.Tc($"-j qdisc show dev {device}")).RootElement.EnumerateArray().ToList();
            var htb = Assert.Single(qdiscs, static qdisc => qdisc.GetProperty("kind").GetString() == "htb");
            Assert.Equal(root, htb.GetProperty("handle").GetString());
            Assert.Equal("0xfffe", htb.GetProperty("options").GetProperty("default").GetString());
            // wan0: 8mbit is cut; ifb-test: 4mbit and 64kbit are.
            Assert.Equal(device == "wan0" ? (3, 1) : (2, 2), (qdiscs.Count(static qdisc => qdisc.GetProperty("kind").GetString() == "bfifo"), qdiscs.Count(static qdisc => qdisc.GetProperty("kind").GetString() == "tbf")));
            var classes = lab.Tc($"class show dev {device}");
            Assert.Contains($"class htb {root}1 root rate 100Mbit ceil 100Mbit", classes, StringComparison.Ordinal);
            Assert.Contains($"class htb {root}fffe parent {root}1 leaf fffe: prio 0 rate 10Mbit ceil 100Mbit", classes, StringComparison.Ordinal);
        }

        Assert.Contains("class htb 7ff2:5 parent 7ff2:1 leaf 5: prio 0 rate 760bit ceil 4Mbit", lab.Tc("class show dev ifb-test"), StringComparison.Ordinal);
        Assert.Contains("class htb 7ff1:5 parent 7ff1:1 leaf 5: prio 0 rate 760bit ceil 8Mbit", lab.Tc("class show dev wan0"), StringComparison.Ordinal);
        Assert.Contains("class htb 7ff1:7ff1 parent 7ff1:1 leaf 1: prio 0 rate 760bit ceil 80Mbit", lab.Tc("class show dev wan0"), StringComparison.Ordinal);
        Assert.Contains("class htb 7ff1:fffd parent 7ff1:1 leaf fffd: prio 0 rate 760bit ceil 100Mbit", lab.Tc("class show dev wan0"), StringComparison.Ordinal);

        var rules = lab.Nft("list table inet vffqos");
        Assert.Contains("oifname \"wan0\" meta priority set 7ff1:fffe", rules, StringComparison.Ordinal);
        Assert.Contains("oifname \"wan0\" meta priority set ct mark & 0x03003fff map @classes", rules, StringComparison.Ordinal);
        Assert.Contains("0x00000005 : 7ff1:5", rules, StringComparison.Ordinal);
        if (lab.Plane == DataPlaneKind.Maps)
        {
            var upload = lab.Nft("list table netdev vffqos");
            Assert.Contains("type filter hook ingress device \"wan0\" priority 2147483647", upload, StringComparison.Ordinal);
            Assert.Contains("ip saddr . ip daddr . meta l4proto . th sport . th dport map @flows4 fwd to \"ifb-test\"", upload, StringComparison.Ordinal);
            Assert.Contains("ip6 saddr . ip6 daddr . meta l4proto . th sport . th dport map @flows6 fwd to \"ifb-test\"", upload, StringComparison.Ordinal);
        }
        else
        {
            var filters = lab.Tc("filter show dev wan0 ingress");
            Assert.Contains("fw chain 32753 handle 0x5/0x3003fff", filters, StringComparison.Ordinal);
            Assert.Contains("mark 0x0000 0xffffffff", filters, StringComparison.Ordinal);
            Assert.Contains("mirred (Egress Redirect to device ifb-test)", filters, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Planes))]
    public void A_plan_changes_nothing_and_what_it_says_is_all_there_is_to_do(string plane)
    {
        using var lab = new ShapingLab(plane);
        var before = lab.Everything();
        lab.With(shaper => Assert.NotEmpty(shaper.Plan(Users).Changes));
        Assert.Equal(before, lab.Everything());
        lab.With(shaper => shaper.Converge(Users));
        lab.With(shaper => Assert.Empty(shaper.Plan(Users).Changes));
    }

    [Theory]
    [MemberData(nameof(Planes))]
    public void Starting_over_what_is_left_changes_nothing_at_all(string plane)
    {
        using var lab = new ShapingLab(plane);
        lab.With(shaper => shaper.Converge(Users));
        var before = lab.Everything() + lab.Tc("class show dev ifb-test");
        using var nft = VffNetlink.Nftables.NftClient.Open(new VffNetlink.NetlinkSocketOptions { Namespace = lab.Network.Server });
        var generation = nft.GetGeneration().Id;
        lab.With(shaper => shaper.Converge(Users));
        Assert.Equal(generation, nft.GetGeneration().Id);
        Assert.Equal(before, lab.Everything() + lab.Tc("class show dev ifb-test"));
    }

    [Theory]
    [MemberData(nameof(Planes))]
    public void Users_come_change_and_go(string plane)
    {
        using var lab = new ShapingLab(plane);
        using var shaper = lab.Open();
        shaper.Converge([ShapingLab.User(5)]);
        shaper.AddOrChangeUsers([ShapingLab.User(6), ShapingLab.User(7), ShapingLab.User(5, "1mbit", "2mbit")]);
        Assert.Contains("7ff2:5 parent 7ff2:1 leaf 5: prio 0 rate 760bit ceil 1Mbit", lab.Tc("class show dev ifb-test"), StringComparison.Ordinal);
        UserShape[] now = [ShapingLab.User(5, "1mbit", "2mbit"), ShapingLab.User(6), ShapingLab.User(7)];
        Assert.Empty(shaper.Plan(now).Changes);
        shaper.RemoveUsers([6, 99]);
        Assert.Empty(shaper.Plan([now[0], now[2]]).Changes);
        lab.With(other => Assert.Empty(other.Plan([now[0], now[2]]).Changes));
        shaper.RemoveUsers([5, 7]);
        Assert.Empty(shaper.Plan([]).Changes);
    }

    [Fact]
    public void A_limit_changes_where_the_class_stands_and_the_counters_go_on()
    {
        using var lab = new ShapingLab();
        using var shaper = lab.Open();
        shaper.Converge([ShapingLab.User(5)]);
        using var flow = new DatagramPair(lab);
        Assert.True(flow.Up());
        flow.BelongTo(shaper, 5);
        Assert.True(flow.Up());
        Assert.True(flow.Down());
        var before = shaper.Read();
        shaper.AddOrChangeUsers([ShapingLab.User(5, "1mbit", "2mbit")]);
        shaper.Converge([ShapingLab.User(5, "2mbit", "3mbit")]);
        var after = shaper.Read();
        Assert.Equal(1UL, before.Upload![5].Packets);
        Assert.Equal(before.Upload[5].Bytes, after.Upload![5].Bytes);
        Assert.Equal(before.Download![5].Bytes, after.Download![5].Bytes);
        Assert.Equal("3Mbit", after.Download[5].Limit.ToString());
    }

    [Theory]
    [MemberData(nameof(Planes))]
    public void Whatever_somebody_took_away_or_bent_is_healed(string plane)
    {
        using var lab = new ShapingLab(plane);
        lab.With(shaper => shaper.Converge(Users));
        string[] harm =
        [
            "ip link set dev ifb-test txqueuelen 5",
            "ip link set dev ifb-test down",
            "tc class change dev wan0 parent 7ff1:1 classid 7ff1:5 htb rate 1mbit ceil 2mbit",
            "tc class del dev ifb-test classid 7ff2:5",
            "tc qdisc change dev wan0 parent 7ff1:fffd handle fffd: bfifo limit 5000",
            "tc qdisc replace dev ifb-test parent 7ff2:fffe handle 77: pfifo limit 5",
            "tc class add dev wan0 parent 7ff1:1 classid 7ff1:9 htb rate 1mbit",
            "nft delete element inet vffqos classes { 0x5 }",
            "nft add element inet vffqos classes { 0x9 : 7ff1:9 }",
            "nft flush chain inet vffqos download",
            "nft add chain inet vffqos stranger",
            "tc qdisc del dev wan0 root",
            "tc qdisc replace dev ifb-test root pfifo",
            "nft delete table inet vffqos",
            "ip link del dev ifb-test",
            .. lab.Plane == DataPlaneKind.Maps
                ? (string[])[
                    "nft flush chain netdev vffqos upload",
                    "nft add rule netdev vffqos upload counter",
                    "nft delete table netdev vffqos",
                ]
                : [
                    "tc filter del dev wan0 ingress pref 65520",
                    "tc filter del dev wan0 ingress chain 32753",
                    "tc filter del dev wan0 ingress chain 32754",
                    "tc filter add dev wan0 ingress chain 32753 pref 1 handle 0x9/0x3003fff fw action drop",
                    "tc qdisc del dev wan0 clsact",
                ],
        ];
        foreach (var blow in harm)
        {
            var words = blow.Split(' ', 2);
            lab.Run(words[0], words[1]);
            using var shaper = lab.Open();
            Assert.NotEmpty(shaper.Plan(Users).Changes);
            shaper.Converge(Users);
            Assert.True(shaper.Plan(Users).IsEmpty, $"after \"{blow}\": {string.Join('\n', shaper.Plan(Users).Changes)}");
            Assert.True(shaper.Read().Redirects, blow);
        }
    }

    [Fact]
    public void Changing_the_data_plane_converges_and_leaves_nothing_of_the_other()
    {
        ShapingLab.RequireMarks();
        using var lab = new ShapingLab(DataPlaneKind.Maps);
        using var flow = new DatagramPair(lab);
        var before = lab.Everything();
        foreach (var plane in new[] { DataPlaneKind.Maps, DataPlaneKind.Marks, DataPlaneKind.Maps })
        {
            lab.Plane = plane;
            using var shaper = lab.Open();
            shaper.Converge([ShapingLab.User(5)]);
            Assert.True(flow.Up());
            flow.BelongTo(shaper, 5);
            Assert.True(flow.Up());
            Assert.Equal(plane, shaper.Read().Plane);
            Assert.Equal(1UL, shaper.Read().Upload![5].Packets - Counted(plane));
            Assert.Empty(shaper.Plan([ShapingLab.User(5)]).Changes);
            Assert.Equal(plane == DataPlaneKind.Maps, lab.Nft("list tables").Contains("netdev vffqos", StringComparison.Ordinal));
            Assert.Equal(plane == DataPlaneKind.Maps, lab.Tc("filter show dev wan0 ingress").Length == 0);
            _counted = shaper.Read().Upload![5].Packets;
        }

        lab.With(static shaper => shaper.Absent(ShapingLab.Ours()));
        Assert.Equal(before, lab.Everything());
    }

    private ulong _counted;

    /// <summary>A flow that is known already is counted from its first packet on.</summary>
    private ulong Counted(DataPlaneKind plane) => _counted + (plane == DataPlaneKind.Marks ? 1UL : 0);

    [Fact]
    public void Flows_that_are_known_already_are_in_the_table_before_anything_leads_to_it()
    {
        using var lab = new ShapingLab();
        using var flow = new DatagramPair(lab);
        Assert.True(flow.Up());
        using var shaper = lab.Open();
        shaper.Converge([ShapingLab.User(5)], () =>
        {
            Assert.False(shaper.Read().Redirects);
            Assert.Contains("7ff2:5 parent 7ff2:1", lab.Tc("class show dev ifb-test"), StringComparison.Ordinal);
            shaper.Flows.Put(flow.Tuple, 5, 77);
            Assert.Equal(0, shaper.Flows.Commit());
        });
        Assert.Equal(1, shaper.Read().Flows);
        Assert.True(flow.Up());
        Assert.Equal(1UL, shaper.Read().Upload![5].Packets);
    }

    [Fact]
    public void The_other_data_plane_holds_its_flows_until_the_table_has_them()
    {
        ShapingLab.RequireMarks();
        using var lab = new ShapingLab(DataPlaneKind.Marks);
        using var flow = new DatagramPair(lab);
        lab.With(shaper =>
        {
            shaper.Converge([ShapingLab.User(5)]);
            Assert.True(flow.Up()); // before, nothing tracks connections
            flow.BelongTo(shaper, 5);
        });
        lab.Plane = DataPlaneKind.Maps;
        using var shaper = lab.Open();
        shaper.Converge([ShapingLab.User(5)], () =>
        {
            Assert.True(flow.Up());
            Assert.Equal(1UL, shaper.Read().Upload![5].Packets);
            flow.BelongTo(shaper, 5);
        });
        Assert.True(flow.Up());
        Assert.Equal(2UL, shaper.Read().Upload![5].Packets);
        Assert.Empty(lab.Tc("filter show dev wan0 ingress"));
    }

    [Fact]
    public void Changing_the_WAN_moves_everything_and_puts_the_old_one_back()
    {
        using var lab = new ShapingLab();
        lab.Ip("link add wan1 txqueuelen 0 type veth peer name far1");
        lab.Ip("link set dev wan1 up");
        lab.Ip("link set dev far1 up");
        lab.WaitRunning("wan1");
        lab.WaitRunning("far1");
        var before = (lab.Everything(), lab.Everything("wan1"));
        lab.With(shaper => shaper.Converge(Users));
        lab.Policy = lab.Policy with { Wan = "wan1" };
        lab.With(shaper => shaper.Converge(Users));
        lab.With(shaper =>
        {
            Assert.Empty(shaper.Plan(Users).Changes);
            Assert.Equal("wan1", shaper.Read().Wan);
        });
        Assert.DoesNotContain("7ff1:", lab.Tc("qdisc show dev wan0"), StringComparison.Ordinal);
        Assert.Contains("7ff1:", lab.Tc("qdisc show dev wan1"), StringComparison.Ordinal);
        Assert.Contains("qlen 1000", lab.Ip("link show dev wan1"), StringComparison.Ordinal);
        lab.With(static shaper => shaper.Absent(ShapingLab.Ours()));
        Assert.Equal(before.Item1, lab.Everything());
        Assert.Equal(before.Item2, lab.Everything("wan1"));
    }

    [Fact]
    public void Leaves_cut_only_where_every_packet_that_cannot_be_cut_is_short_enough()
    {
        using var lab = new ShapingLab();
        using var shaper = lab.Open();
        lab.Network.Server.Run(() => shaper.Converge(Users));
        Assert.Equal(["tbf"], Kinds());
        lab.Ip("link set dev wan0 mtu 9001");
        lab.Network.Server.Run(() =>
        {
            Assert.False(shaper.IsIntact());
            shaper.Converge(Users);
            Assert.True(shaper.IsIntact());
        });
        Assert.Equal(["bfifo"], Kinds());
        lab.Ip("link set dev wan0 mtu 9000");
        lab.Network.Server.Run(() => shaper.Converge(Users));
        Assert.Equal(["tbf"], Kinds());
        lab.With(shaper => Assert.Empty(shaper.Plan(Users).Changes));

        string[] Kinds() => [.. JsonDocument.Parse(lab.Tc("-j qdisc show dev wan0")).RootElement.EnumerateArray()
            .Where(static qdisc => qdisc.GetProperty("handle").GetString() == "5:").Select(static qdisc => qdisc.GetProperty("kind").GetString()!)];
    }

    [Fact]
    public void The_WAN_is_that_of_the_default_route_where_none_is_named()
    {
        using var lab = new ShapingLab();
        lab.Policy = lab.Policy with { Wan = null };
        lab.With(static shaper => Assert.Equal("wan0", shaper.Plan([]).Wan));
        lab.Ip("route del default");
        lab.With(static shaper => Assert.Equal("wan0", shaper.Plan([]).Wan));
        lab.Ip("-6 route del default");
        lab.With(static shaper => Assert.Contains("no default route", Assert.Throws<ShapingException>(() => shaper.Plan([])).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void An_IFB_that_a_death_left_half_made_is_made_anew()
    {
        using var lab = new ShapingLab();
        lab.Ip("link add vffqos-new type ifb");
        lab.With(static shaper => shaper.Converge([]));
        lab.Ip("link add vffqos-new type ifb");
        lab.With(static shaper => Assert.Equal(["ip link del dev vffqos-new"], shaper.Plan([]).Changes));
        lab.With(static shaper => shaper.Converge([]));
        Assert.DoesNotContain("vffqos-new", lab.Ip("link"), StringComparison.Ordinal);
    }
}
