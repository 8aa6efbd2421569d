using VffNetlink.Tc;
using VffQos.Shaping;

namespace VffQos.Tests.Shaping;

public class ClassLimitsTests
{
    private const ulong MostUsers = 65_533;
    private const ulong LargestPacket = 67 * 1024;

    public static TheoryData<string> Rates => ["8kbit", "64kbit", .. LinkRates.Select(static row => row.Data)];

    /// <summary>From where on a link can give 65,000 classes the one byte a second that HTB asks for.</summary>
    public static TheoryData<string> LinkRates => ["1mbit", "4mbit", "6mbit", "8mbit", "11mbit", "50mbit", "1gbit", "10gbit", "40gbit", "400gbit"];

    [Theory]
    [InlineData("4mbit", "1gbit", 953UL, 500_000UL, 1514UL + 1, 20_392UL, 131_072UL)]
    [InlineData("8mbit", "10mbit", 9UL, 1_000_000UL, 9UL * 60, 45_392UL, 131_072UL)]
    [InlineData("80mbit", "1gbit", 953UL, 10_000_000UL, 1514UL + 1, 68_608UL, 1_000_000UL)]
    [InlineData("1gbit", "1gbit", 953UL, 125_000_000UL, 1514UL + 1, 251_514UL, 12_500_000UL)]
    public void A_users_class_has_a_small_guarantee_and_the_limit_as_ceiling(string limit, string root, ulong rate, ulong ceil, ulong burst, ulong ceilBurst, ulong leaf) =>
        Assert.Equal(
            new ClassLimits(new Rate(rate), new Rate(ceil), new ByteSize(burst), new ByteSize(ceilBurst), new ByteSize(leaf), leaf == 131_072),
            ClassLimits.ForUser(Rate.Parse(limit), Rate.Parse(root), mayCut: true));

    [Fact]
    public void A_limit_above_the_roots_is_cut_to_it()
    {
        Assert.Equal(Rate.Parse("10mbit"), ClassLimits.ForUser(Rate.Parse("1gbit"), Rate.Parse("10mbit"), mayCut: true).Ceil);
        Assert.Equal(Rate.Parse("10mbit"), ClassLimits.ForDefault(Rate.Parse("1gbit"), Rate.Parse("10mbit"), mayCut: true).Ceil);
    }

    [Fact]
    public void The_default_class_has_a_tenth_of_the_link_but_no_more_than_its_limit()
    {
        Assert.Equal(Rate.Parse("100mbit"), ClassLimits.ForDefault(Rate.Parse("1gbit"), Rate.Parse("1gbit"), mayCut: true).Rate);
        Assert.Equal(Rate.Parse("20mbit"), ClassLimits.ForDefault(Rate.Parse("20mbit"), Rate.Parse("1gbit"), mayCut: true).Rate);
    }

    [Theory]
    [MemberData(nameof(LinkRates))]
    public void Guarantees_of_all_classes_there_can_be_stay_under_the_root(string text)
    {
        var root = Rate.Parse(text);
        var sum = (MostUsers * ClassLimits.ForUser(root, root, mayCut: true).Rate.BytesPerSecond) + ClassLimits.ForDefault(root, root, mayCut: true).Rate.BytesPerSecond;
        Assert.True(sum < root.BytesPerSecond, $"{sum} of {root.BytesPerSecond}");
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void Rate_never_passes_ceil_and_no_number_leaves_its_range(string text)
    {
        var psched = new Psched(1_000, 64, 1_000_000, 1_000_000_000);
        foreach (var other in Rates)
        {
            foreach (var limits in new[] { ClassLimits.ForUser(Rate.Parse(text), Rate.Parse(other.Data), mayCut: true), ClassLimits.ForDefault(Rate.Parse(text), Rate.Parse(other.Data), mayCut: true), ClassLimits.ForRoot(Rate.Parse(text)) })
            {
                Assert.InRange(limits.Rate.BytesPerSecond, 1UL, limits.Ceil.BytesPerSecond);
                Assert.True(psched.TicksOf(limits.Rate, limits.Burst) > 0);
                Assert.True(psched.TicksOf(limits.Ceil, limits.CeilBurst) > 0);
                Assert.True(limits.Leaf.Bytes <= uint.MaxValue);
            }
        }
    }

    [Theory]
    [MemberData(nameof(LinkRates))]
    public void No_200_ms_pass_one_and_a_half_times_the_limit(string text)
    {
        var limit = Rate.Parse(text);
        var limits = ClassLimits.ForUser(limit, limit, mayCut: true);
        var window = (limit.BytesPerSecond / 5) + limits.CeilBurst.Bytes;
        var packet = limits.Cuts ? ClassLimits.LongestWhole : LargestPacket;
        Assert.True(window + packet <= limit.BytesPerSecond * 3 / 10, $"{window} + {packet} of {limit.BytesPerSecond * 3 / 10}");
    }

    [Fact]
    public void The_fastest_rates_do_not_overflow()
    {
        var fastest = new Rate(ulong.MaxValue);
        var limits = ClassLimits.ForUser(fastest, fastest, mayCut: true);
        Assert.Equal(fastest, limits.Ceil);
        Assert.Equal(uint.MaxValue, limits.Leaf.Bytes);
    }

    [Fact]
    public void Every_leaf_has_a_handle_of_its_own()
    {
        foreach (var root in new[] { Ours.WanRoot, Ours.IfbRoot })
        {
            var handles = Enumerable.Range(2, 0xfffd).Select(minor => Ours.Leaf(root, (ushort)minor)).ToHashSet();
            Assert.Equal(0xfffd, handles.Count);
            Assert.DoesNotContain(root, handles);
            Assert.DoesNotContain(TcHandle.IngressQdisc, handles.Where(h => h.Major == 0xffff && h != Ours.Leaf(root, 0xffff)));
        }
    }
}
