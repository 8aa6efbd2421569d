namespace VffNetlink.Tc.Tests;

public class PschedTests
{
    private static readonly Psched HighResolution = Psched.Parse("000003e8 00000040 000f4240 3b9aca00\n");

    [Fact]
    public void Clock_Of_Every_Kernel_Since_2_6_31_Is_Read()
    {
        Assert.Equal(15.625, HighResolution.TicksPerMicrosecond);
        Assert.Equal(1_000_000_000u, HighResolution.TimerHertz);
        Assert.Equal(15.625, Psched.Read().TicksPerMicrosecond);
    }

    [Fact]
    public void Clock_Of_Nanoseconds_Has_A_Numerator_For_Old_Programs_Only() =>
        Assert.Equal(1000, Psched.Parse("000003e8 00000001 3b9aca00 000003e8").TicksPerMicrosecond);

    [Theory]
    [InlineData("")]
    [InlineData("000003e8 00000040 000f4240")]
    [InlineData("000003e8 00000040 000f4240 3b9aca00 1")]
    [InlineData("000003e8 00000000 000f4240 3b9aca00")]
    [InlineData("000003e8 00000040 000f424g 3b9aca00")]
    [InlineData("000003e8  00000040 000f4240 3b9aca00")]
    public void Other_Text_Is_Refused(string text) => Assert.Throws<FormatException>(() => Psched.Parse(text));

    [Theory]
    [InlineData("1mbit", 1600, 200_000u)]
    [InlineData("8mbit", 20480, 320_000u)]
    [InlineData("56kbit", 1600, 3_571_429u)] // 3571428.57
    [InlineData("1gbit", 1, 1u)] // 0.125
    [InlineData("1gbit", 8, 1u)] // 1 exactly
    [InlineData("1gbit", 9, 2u)]
    [InlineData("400gbit", 1650, 1u)]
    [InlineData("1gbit", 0, 0u)]
    public void Ticks_Are_Rounded_Up(string rate, ulong size, uint ticks) => Assert.Equal(ticks, HighResolution.TicksOf(Rate.Parse(rate), new ByteSize(size)));

    [Fact]
    public void Burst_Longer_Than_The_Ticks_Hold_Is_Refused()
    {
        var e = Assert.Throws<ArgumentOutOfRangeException>(() => HighResolution.TicksOf(Rate.Parse("1kbit"), ByteSize.Parse("1mb")));
        Assert.StartsWith("At 1Kbit this takes longer than the 275 seconds that the kernel's ticks hold.", e.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => HighResolution.TicksOf(default, new ByteSize(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HtbClass(HighResolution, default));
    }

    [Fact]
    public void Size_Of_Ticks_Holds_The_Burst_They_Were_Made_From()
    {
        var random = new Random(20260102);
        for (var i = 0; i < 10_000; i++)
        {
            var rate = new Rate((ulong)random.NextInt64(125, 50_000_000_000));
            var size = new ByteSize((ulong)random.NextInt64(1, (long)Math.Min(rate.BytesPerSecond * 200, uint.MaxValue)));
            var ticks = HighResolution.TicksOf(rate, size);
            var bytesPerTick = rate.BytesPerSecond / 15_625_000.0;
            var back = HighResolution.SizeOf(rate, ticks).Bytes;
            Assert.InRange(back, size.Bytes == 0 ? 0 : size.Bytes - 1, size.Bytes + (ulong)Math.Ceiling(bytesPerTick));
        }
    }

    [Fact]
    public void Default_Burst_Is_Tcs()
    {
        Assert.Equal(1600ul, HighResolution.DefaultBurst(Rate.Parse("7gbit")).Bytes);
        Assert.Equal(1650ul, HighResolution.DefaultBurst(Rate.Parse("400gbit")).Bytes);
        Assert.Equal(1600ul + 12_500, new Psched(1000, 64, 1_000_000, 1000).DefaultBurst(Rate.Parse("100mbit")).Bytes);
    }
}
