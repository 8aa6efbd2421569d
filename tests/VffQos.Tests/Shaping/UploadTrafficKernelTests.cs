using System.Net.Sockets;
using VffNetlink.Tc;
using VffQos.DataPlanes;
using VffQos.Shaping;

namespace VffQos.Tests.Shaping;

[Trait("Category", "Kernel")]
public class UploadTrafficKernelTests
{
    private const int SolSocket = 1;
    private const int SoPriority = 12;

    public static TheoryData<string> Planes => ShapingLab.Planes;

    [Theory]
    [MemberData(nameof(Planes))]
    public void Every_packet_is_counted_where_it_belongs(string plane)
    {
        using var lab = new ShapingLab(plane);
        using var shaper = lab.Open();
        shaper.Converge([ShapingLab.User(5), ShapingLab.User(6)]);
        foreach (var family in new[] { AddressFamily.InterNetwork, AddressFamily.InterNetworkV6 })
        {
            using var five = new DatagramPair(lab, family);
            using var six = new DatagramPair(lab, family, client: 1, port: 8443);
            using var nobody = new DatagramPair(lab, family, client: 2);
            Assert.True(five.Up() && six.Up() && nobody.Up());
            five.BelongTo(shaper, 5);
            six.BelongTo(shaper, 6);
            var before = shaper.Read();
            var passed = new[] { five.Up(), five.Up(), five.Down(), six.Up(), six.Down(), six.Down(), nobody.Up(), nobody.Down() };
            Assert.True(passed.All(static p => p), $"{family}: {string.Join(' ', passed)}");
            var after = shaper.Read();
            Assert.Equal(2UL, after.Upload![5].Packets - before.Upload![5].Packets);
            Assert.Equal(1UL, after.Upload[6].Packets - before.Upload[6].Packets);
            Assert.Equal(1UL, after.Download![5].Packets - before.Download![5].Packets);
            Assert.Equal(2UL, after.Download[6].Packets - before.Download[6].Packets);
            Assert.True(after.Download[Ours.DefaultClass].Packets > before.Download[Ours.DefaultClass].Packets);
            // An Ethernet header, one of IP, one of UDP, and 100 bytes.
            var length = 14UL + (family == AddressFamily.InterNetwork ? 20UL : 40UL) + 8 + 100;
            Assert.Equal(2 * length, after.Upload[5].Bytes - before.Upload[5].Bytes);
            Assert.Equal(length, after.Download[5].Bytes - before.Download[5].Bytes);
        }
    }

    [Theory]
    [MemberData(nameof(Planes))]
    public void With_an_upload_limit_for_nobody_everything_else_is_redirected_too(string plane)
    {
        using var lab = new ShapingLab(plane);
        lab.Policy = lab.Policy with { DefaultUpload = Rate.Parse("20mbit") };
        using var shaper = lab.Open();
        shaper.Converge([ShapingLab.User(5)]);
        Assert.Equal("20Mbit", shaper.Read().Upload![Ours.DefaultClass].Limit.ToString());
        foreach (var family in new[] { AddressFamily.InterNetwork, AddressFamily.InterNetworkV6 })
        {
            using var five = new DatagramPair(lab, family);
            using var nobody = new DatagramPair(lab, family, client: 2);
            Assert.True(five.Up());
            five.BelongTo(shaper, 5);
            var before = shaper.Read().Upload!;
            Assert.True(five.Up() && nobody.Up() && nobody.Up());
            var after = shaper.Read().Upload!;
            Assert.Equal(1UL, after[5].Packets - before[5].Packets);
            Assert.InRange(after[Ours.DefaultClass].Packets - before[Ours.DefaultClass].Packets, 2UL, 10UL);
        }

        lab.Policy = lab.Policy with { DefaultUpload = null };
        using var without = lab.Open();
        without.Converge([ShapingLab.User(5)]);
        Assert.Empty(without.Plan([ShapingLab.User(5)]).Changes);
        without.Absent(ShapingLab.Ours());
    }

    [Fact]
    public void No_application_chooses_its_class()
    {
        using var lab = new ShapingLab();
        using var shaper = lab.Open();
        shaper.Converge([ShapingLab.User(5), ShapingLab.User(6)]);
        using var five = new DatagramPair(lab);
        using var nobody = new DatagramPair(lab, client: 2);
        Assert.True(five.Up() && nobody.Up());
        five.BelongTo(shaper, 5);
        foreach (var priority in new[] { 0x7ff1_0006, 0x7ff1_0000, 0x7ff1_fffe })
        {
            five.SetServerOption(SolSocket, SoPriority, priority);
            nobody.SetServerOption(SolSocket, SoPriority, priority);
            var before = shaper.Read().Download!;
            Assert.True(five.Down() && nobody.Down());
            var after = shaper.Read().Download!;
            Assert.Equal(1UL, after[5].Packets - before[5].Packets);
            Assert.Equal(0UL, after[6].Packets - before[6].Packets);
            Assert.True(after[Ours.DefaultClass].Packets > before[Ours.DefaultClass].Packets);
        }
    }

    [Fact]
    public void A_drop_of_somebody_else_at_the_same_hook_still_drops()
    {
        using var lab = new ShapingLab();
        using var shaper = lab.Open();
        shaper.Converge([ShapingLab.User(5)]);
        using var five = new DatagramPair(lab);
        Assert.True(five.Up());
        five.BelongTo(shaper, 5);
        lab.Nft("add table netdev filter");
        lab.Nft("add chain netdev filter in { type filter hook ingress device \"wan0\" priority 500; }");
        lab.Nft("add rule netdev filter in udp dport 443 counter drop");
        Assert.False(five.Up(milliseconds: 100));
        Assert.Contains("packets 1 bytes", lab.Nft("list table netdev filter"), StringComparison.Ordinal);
    }

    [Fact]
    public void Marks_leave_packets_that_bear_somebody_elses_mark_alone_and_no_mark_of_their_own_behind()
    {
        using var lab = new ShapingLab(DataPlaneKind.Marks);
        using var shaper = lab.Open();
        shaper.Converge([ShapingLab.User(5)]);
        using var five = new DatagramPair(lab);
        using var foreign = new DatagramPair(lab, port: 444);
        using var nobody = new DatagramPair(lab, port: 445);
        Assert.True(five.Up() && foreign.Up() && nobody.Up());
        five.BelongTo(shaper, 5);
        foreign.BelongTo(shaper, 5);
        nobody.BelongTo(shaper, 77); // a user who has no filter
        lab.Tc("filter add dev wan0 ingress protocol ip pref 10 u32 match ip dport 444 0xffff action skbedit mark 0x42 continue");
        lab.Nft("add table ip witness");
        lab.Nft("add chain ip witness pre { type filter hook prerouting priority -300; }");
        lab.Nft("add rule ip witness pre udp dport 443 meta mark 0 counter comment \"five\"");
        lab.Nft("add rule ip witness pre udp dport 444 meta mark 0x42 counter comment \"foreign\"");
        lab.Nft("add rule ip witness pre udp dport 445 meta mark 0 counter comment \"nobody\"");
        var before = shaper.Read().Upload![5].Packets;
        Assert.True(five.Up() && foreign.Up() && nobody.Up());
        Assert.Equal(before + 1, shaper.Read().Upload![5].Packets);
        var counted = lab.Nft("list table ip witness");
        Assert.Equal(3, counted.Split("packets 1 bytes 128").Length - 1);
    }

    [Fact]
    public void No_class_of_ours_makes_the_kernel_warn()
    {
        using var lab = new ShapingLab();
        VffNetlink.Testing.Requires.Tool("dmesg");
        var before = Warnings(lab);
        foreach (var ceil in new[] { "1mbit", "100mbit", "1gbit", "40gbit" })
        {
            lab.Policy = lab.Policy with { Ceil = Rate.Parse(ceil) };
            lab.With(static shaper => shaper.Converge([ShapingLab.User(5, "8kbit", "8kbit"), ShapingLab.User(6, "1gbit", "20gbit"), ShapingLab.User(7)]));
            lab.With(static shaper => shaper.Converge([ShapingLab.User(5, "1gbit", "1gbit"), ShapingLab.User(6, "8kbit", "8kbit")]));
        }

        Assert.Equal(before, Warnings(lab));
    }

    private static int Warnings(ShapingLab lab) => lab.Run("dmesg", "").Split('\n').Count(static line => line.Contains("HTB", StringComparison.OrdinalIgnoreCase) || line.Contains("quantum", StringComparison.Ordinal));
}
