using Microsoft.Extensions.Logging.Abstractions;
using VffNetlink;
using VffQos.DataPlanes;
using VffQos.Lab;
using VffQos.Shaping;

namespace VffQos.Tests.Shaping;

[Trait("Category", "Kernel")]
public class LinkGuardKernelTests
{
    /// <summary>An emulated processor is some ten times slower than any that shapes.</summary>
    private static readonly int Slowness = Environment.GetEnvironmentVariable("VFFNETLINK_VM") is null ? 1 : 20;

    public static TheoryData<string> Planes => ShapingLab.Planes;

    [Theory]
    [MemberData(nameof(Planes))]
    public void Known_users_packets_flow_again_at_once_after_anything_that_happens_to_the_IFB(string plane)
    {
        using var lab = new ShapingLab(plane);
        using var shaper = lab.Open();
        shaper.Converge([ShapingLab.User(5)]);
        using var known = new DatagramPair(lab);
        using var unknown = new DatagramPair(lab, client: 2, port: 444);
        Assert.True(known.Up() && unknown.Up());
        known.BelongTo(shaper, 5);
        foreach (var blow in new[] { "link set dev ifb-test down", "link del dev ifb-test" })
        {
            lab.Ip(blow);
            Assert.True(unknown.Up() && unknown.Down(), blow);
            Assert.False(known.Up(milliseconds: 50), "A redirect into nowhere drops packets: that is what the guard is for.");
            var time = ShapingLab.Pump(shaper, () => shaper.Plan([ShapingLab.User(5)]).IsEmpty, TimeSpan.FromSeconds(1 * Slowness));
            TestContext.Current.TestOutputHelper?.WriteLine($"{plane}: {blow}: back after {time.TotalMilliseconds:0} ms");
            Assert.True(known.Up() && known.Down() && unknown.Up() && unknown.Down(), blow);
            Assert.True(shaper.Read().Upload![5].Packets > 0, blow);
        }
    }

    [Theory]
    [MemberData(nameof(Planes))]
    public void The_redirect_goes_within_100_ms_even_where_it_cannot_come_back(string plane)
    {
        using var lab = new ShapingLab(plane);
        using var shaper = lab.Open();
        shaper.Converge([ShapingLab.User(5)]);
        using var known = new DatagramPair(lab);
        Assert.True(known.Up());
        known.BelongTo(shaper, 5);
        shaper.Guard.Work();
        // Something that is not ours takes the name before the guard has seen that ours is gone.
        lab.Ip("link del dev ifb-test");
        lab.Ip("link add ifb-test type ifb");
        var time = ShapingLab.Pump(shaper, () => !shaper.Read().Redirects, TimeSpan.FromMilliseconds(100 * Slowness));
        TestContext.Current.TestOutputHelper?.WriteLine($"{plane}: withdrawn after {time.TotalMilliseconds:0} ms");
        Assert.True(known.Up() && known.Down());
        // It tries again ever more rarely, and never all the time.
        Assert.InRange(shaper.Guard.NextWork!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        lab.Ip("link del dev ifb-test");
        ShapingLab.Pump(shaper, () => shaper.Read().Redirects, TimeSpan.FromSeconds(1 * Slowness));
        Assert.True(known.Up() && known.Down());
        Assert.InRange(shaper.Guard.NextWork!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Theory]
    [MemberData(nameof(Planes))]
    public void A_WAN_that_goes_down_and_comes_back_is_shaped_again(string plane)
    {
        using var lab = new ShapingLab(plane);
        using var shaper = lab.Open();
        shaper.Converge([ShapingLab.User(5)]);
        lab.Ip("link set dev wan0 down");
        ShapingLab.Pump(shaper, () => !shaper.Read().Redirects, TimeSpan.FromMilliseconds(100 * Slowness));
        lab.Ip("link set dev wan0 up");
        ShapingLab.Pump(shaper, () => shaper.Read().Redirects, TimeSpan.FromSeconds(1 * Slowness));
        Assert.Empty(shaper.Plan([ShapingLab.User(5)]).Changes);
    }

    [Theory]
    [InlineData("Maps", LabNetwork.WanName)]
    [InlineData("Marks", LabNetwork.WanName)]
    [InlineData("Maps", null)]
    public void A_WAN_that_is_deleted_and_made_again_is_shaped_again(string plane, string? wan)
    {
        using var lab = new ShapingLab(plane);
        lab.Policy = lab.Policy with { Wan = wan };
        using var shaper = lab.Open();
        shaper.Converge([ShapingLab.User(5)]);
        using (var known = new DatagramPair(lab))
        {
            Assert.True(known.Up());
            known.BelongTo(shaper, 5);
            Assert.True(known.Up());
        }

        lab.Network.Disconnect();
        ShapingLab.Pump(shaper, () => !shaper.Read().Redirects && shaper.Guard.NextWork > TimeSpan.Zero, TimeSpan.FromSeconds(1 * Slowness));
        lab.Network.Connect();
        var time = ShapingLab.Pump(shaper, () => shaper.Read() is { Redirects: true, Download: not null }, TimeSpan.FromSeconds(1 * Slowness));
        TestContext.Current.TestOutputHelper?.WriteLine($"{plane}: back after {time.TotalMilliseconds:0} ms");
        Assert.Empty(shaper.Plan([ShapingLab.User(5)]).Changes);
        using var again = new DatagramPair(lab, client: 3);
        Assert.True(again.Up());
        again.BelongTo(shaper, 5);
        Assert.True(again.Up() && again.Down());
        Assert.Equal(1UL, shaper.Read().Download![5].Packets);
        lab.With(static other => other.Absent(ShapingLab.Ours()));
        Assert.DoesNotContain("vffqos", lab.Everything(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_default_route_moves_the_WAN()
    {
        using var lab = new ShapingLab();
        lab.Policy = lab.Policy with { Wan = null };
        lab.Ip("link add wan1 type veth peer name far1");
        lab.Ip("link set dev wan1 up");
        lab.Ip("link set dev far1 up");
        lab.Ip("addr add 198.51.100.1/24 dev wan1");
        using var shaper = lab.Open();
        shaper.Converge([ShapingLab.User(5)]);
        lab.Ip("route replace default via 198.51.100.2 dev wan1");
        ShapingLab.Pump(shaper, () => shaper.Read() is { Redirects: true, Wan: "wan1" }, TimeSpan.FromSeconds(1 * Slowness));
        Assert.Empty(shaper.Plan([ShapingLab.User(5)]).Changes);
        Assert.DoesNotContain("7ff1:", lab.Tc("qdisc show dev wan0"), StringComparison.Ordinal);
    }

    [Fact]
    public void Links_that_do_not_matter_and_our_own_changes_make_no_work()
    {
        using var lab = new ShapingLab();
        using var shaper = lab.Open();
        shaper.Converge([ShapingLab.User(5)]);
        using var nft = VffNetlink.Nftables.NftClient.Open(new VffNetlink.NetlinkSocketOptions { Namespace = lab.Network.Server });
        var generation = nft.GetGeneration().Id;
        lab.Ip("link add other type veth peer name other1");
        lab.Ip("link set dev other up");
        lab.Ip("link del dev other");
        shaper.Guard.Work();
        Assert.InRange(shaper.Guard.NextWork!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Equal(generation, nft.GetGeneration().Id);
        Assert.True(shaper.Read().Redirects);
    }

    [Theory]
    [InlineData("Maps", "nft", "flush ruleset")]
    [InlineData("Maps", "nft", "delete table netdev vffqos")]
    [InlineData("Maps", "nft", "flush chain netdev vffqos upload")]
    [InlineData("Maps", "nft", "flush chain inet vffqos download")]
    [InlineData("Maps", "tc", "qdisc del dev wan0 root")]
    [InlineData("Maps", "tc", "qdisc replace dev ifb-test root pfifo")]
    [InlineData("Maps", "tc", "class del dev ifb-test classid 7ff2:5")]
    [InlineData("Maps", "tc", "class change dev wan0 parent 7ff1:1 classid 7ff1:5 htb rate 1mbit ceil 50mbit")]
    [InlineData("Maps", "nft", "delete element inet vffqos classes { 0x5 }")]
    [InlineData("Maps", "nft", "add rule netdev vffqos upload accept")]
    [InlineData("Marks", "tc", "qdisc del dev wan0 clsact")]
    [InlineData("Marks", "tc", "filter del dev wan0 ingress chain 32753 pref 1")]
    public void What_somebody_takes_away_or_bends_is_missed_within_seconds_and_brought_back(string plane, string tool, string command)
    {
        using var lab = new ShapingLab(plane);
        var time = new ManualTime();
        using var shaper = lab.Network.Server.Run(() => Shaper.OpenUnprobed(lab.Policy, lab.Facts, NullLogger.Instance, new ChosenDataPlane(lab.Plane, "Test."), time: time));
        shaper.Converge([ShapingLab.User(5)]);
        using var known = new DatagramPair(lab);
        Assert.True(known.Up());
        known.BelongTo(shaper, 5);
        lab.Run(tool, command);
        shaper.Guard.Work();
        Assert.NotEmpty(shaper.Plan([ShapingLab.User(5)]).Changes);
        time.Advance(shaper.Guard.NextWork!.Value);
        Assert.InRange(time.Elapsed, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
        shaper.Guard.Work();
        Assert.Empty(shaper.Plan([ShapingLab.User(5)]).Changes);
        var hasLostFlows = command is "flush ruleset" or "delete table netdev vffqos";
        Assert.Equal(hasLostFlows, shaper.Flows.TakeLoss());
        Assert.False(shaper.Flows.TakeLoss());
        if (hasLostFlows)
            known.BelongTo(shaper, 5);
        Assert.True(known.Up());
        Assert.True(shaper.Read().Upload![5].Packets > 0);
    }

    [Fact]
    public void Looks_at_every_class_take_a_five_hundredth_of_the_time()
    {
        using var lab = new ShapingLab();
        var time = new ManualTime { Step = TimeSpan.FromMilliseconds(100) };
        using var shaper = OpenPatrolled(lab, time);
        lab.Tc("class del dev ifb-test classid 7ff2:5");
        Assert.InRange(PatrolUntilWhole(shaper, time), TimeSpan.FromSeconds(49), TimeSpan.FromSeconds(62));
        // What roots and tables tell is seen all the while.
        lab.Nft("flush chain inet vffqos download");
        Assert.InRange(PatrolUntilWhole(shaper, time), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(7));
    }

    [Fact]
    public void Whoever_takes_a_class_away_again_and_again_is_answered_ever_more_rarely()
    {
        using var lab = new ShapingLab();
        var time = new ManualTime();
        using var shaper = OpenPatrolled(lab, time);
        foreach (var seconds in (int[])[5, 10, 20])
        {
            lab.Tc("class del dev ifb-test classid 7ff2:5");
            Assert.Equal(TimeSpan.FromSeconds(seconds), PatrolUntilWhole(shaper, time));
        }

        for (var patrol = 0; patrol < 8; patrol++)
            Patrol(shaper, time);
        lab.Tc("class del dev ifb-test classid 7ff2:5");
        Assert.Equal(TimeSpan.FromSeconds(5), PatrolUntilWhole(shaper, time));
    }

    [Fact]
    public void Users_who_could_not_be_brought_in_are_when_the_IFB_is_back()
    {
        using var lab = new ShapingLab();
        using var shaper = lab.Open();
        shaper.Converge([]);
        lab.Ip("link del dev ifb-test");
        Assert.Throws<NetlinkException>(() => shaper.AddOrChangeUsers([ShapingLab.User(5)]));
        ShapingLab.Pump(shaper, () => shaper.Plan([ShapingLab.User(5)]).IsEmpty, TimeSpan.FromSeconds(1 * Slowness));
    }

    [Fact]
    public void A_redirect_that_was_withdrawn_on_purpose_stays_out_until_it_is_restored()
    {
        using var lab = new ShapingLab();
        using var shaper = lab.Open();
        shaper.Converge([ShapingLab.User(5)]);
        shaper.WithdrawRedirect();
        Assert.False(shaper.Read().Redirects);
        lab.Ip("link set dev ifb-test down");
        ShapingLab.Pump(shaper, () => lab.Ip("link show dev ifb-test").Contains(",UP", StringComparison.Ordinal), TimeSpan.FromSeconds(1 * Slowness));
        Assert.False(shaper.Read().Redirects);
        shaper.RestoreRedirect();
        Assert.True(shaper.Read().Redirects);
    }

    /// <summary>A shaper of one user that has been on patrol once.</summary>
    private static Shaper OpenPatrolled(ShapingLab lab, ManualTime time)
    {
        var shaper = lab.Network.Server.Run(() => Shaper.OpenUnprobed(lab.Policy, lab.Facts, NullLogger.Instance, new ChosenDataPlane(lab.Plane, "Test."), time: time));
        shaper.Converge([ShapingLab.User(5)]);
        shaper.Guard.Work(); // what it hears of its own changes is no patrol
        Patrol(shaper, time);
        return shaper;
    }

    private static TimeSpan PatrolUntilWhole(Shaper shaper, ManualTime time)
    {
        var start = time.Elapsed;
        for (var patrols = 0; patrols < 20 && !shaper.Plan([ShapingLab.User(5)]).IsEmpty; patrols++)
            Patrol(shaper, time);
        Assert.Empty(shaper.Plan([ShapingLab.User(5)]).Changes);
        return time.Elapsed - start;
    }

    private static void Patrol(Shaper shaper, ManualTime time)
    {
        time.Advance(TimeSpan.FromSeconds(5));
        shaper.Guard.Work();
    }

    private sealed class ManualTime : TimeProvider
    {
        private long _now = TimeSpan.TicksPerDay;

        public TimeSpan Elapsed => TimeSpan.FromTicks(_now - TimeSpan.TicksPerDay);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        /// <summary>How long every look at the clock takes.</summary>
        public TimeSpan Step { get; init; }

        public override long GetTimestamp() => _now += Step.Ticks;

        public void Advance(TimeSpan by) => _now += by.Ticks;
    }
}
