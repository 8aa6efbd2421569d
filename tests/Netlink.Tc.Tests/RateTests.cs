using System.Globalization;

namespace VffNetlink.Tc.Tests;

public class RateTests
{
    // Text, bytes/s, text as tc 6.1 prints it; TcWitness asks the real tc about the same rows.
    public static readonly TheoryData<string, ulong, string> Rates = new()
    {
        { "8", 1, "8bit" },
        { "9bit", 1, "8bit" },
        { "1Kibit", 128, "1024bit" },
        { "1KIBIT", 128, "1024bit" },
        { "8KBPS", 8000, "64Kbit" },
        { "8KiBps", 8192, "65536bit" },
        { "50mbit", 6_250_000, "50Mbit" },
        { "50MBit", 6_250_000, "50Mbit" },
        { "1.5mbit", 187_500, "1500Kbit" },
        { ".5mbit", 62_500, "500Kbit" },
        { "5.mbit", 625_000, "5Mbit" },
        { "1e6", 125_000, "1Mbit" },
        { "1E3kbps", 1_000_000, "8Mbit" },
        { "2.5e-1gbit", 31_250_000, "250Mbit" },
        { "1mibit", 131_072, "1048Kbit" },
        { "1gbit", 125_000_000, "1Gbit" },
        { "1gibps", 1_073_741_824, "8589Mbit" },
        { "2tbit", 250_000_000_000, "2Tbit" },
        { "2tibps", 2_199_023_255_552, "17592Gbit" },
        { "100tbps", 100_000_000_000_000, "800Tbit" },
        { "1mibps", 1_048_576, "8388Kbit" },
        { "1bps", 1, "8bit" },
        { "1234567bit", 154_320, "1234Kbit" },
        { "12345678bit", 1_543_209, "12345Kbit" },
        { "0.3mbit", 37_500, "300Kbit" },
        { "999999999kbit", 124_999_999_875, "999999Mbit" },
    };

    public static readonly TheoryData<string, ulong, string> Sizes = new()
    {
        { "1", 1, "1b" },
        { "1b", 1, "1b" },
        { "1k", 1024, "1Kb" },
        { "1KB", 1024, "1Kb" },
        { "1kbit", 128, "128b" },
        { "8mbit", 1_048_576, "1Mb" },
        { "1gbit", 134_217_728, "128Mb" },
        { "1.5m", 1_572_864, "1536Kb" },
        { "0.5G", 536_870_912, "512Mb" },
        { "1gb", 1_073_741_824, "1024Mb" },
        { "1600", 1600, "1600b" },
        { "2047", 2047, "2Kb" },
        { "1000000", 1_000_000, "1000000b" },
        { "1049599", 1_049_599, "1Mb" },
        { "1050000", 1_050_000, "1050000b" },
        { "1e6b", 1_000_000, "1000000b" },
        { "4095", 4095, "4Kb" },
        { "1039", 1039, "1Kb" },
        { "1040", 1040, "1040b" },
    };

    [Theory]
    [MemberData(nameof(Rates))]
    public void Rate_ReadsAndPrintsAsTcDoes(string text, ulong bytes, string printed)
    {
        Assert.True(Rate.TryParse(text, out var rate));
        Assert.Equal(bytes, rate.BytesPerSecond);
        Assert.Equal(rate, Rate.Parse(text));
        Assert.Equal(printed, rate.ToString());
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void ByteSize_ReadsAndPrintsAsTcDoes(string text, ulong bytes, string printed)
    {
        Assert.True(ByteSize.TryParse(text, out var size));
        Assert.Equal(bytes, size.Bytes);
        Assert.Equal(size, ByteSize.Parse(text));
        Assert.Equal(printed, size.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("mbit")]
    [InlineData(".")]
    [InlineData(".mbit")]
    [InlineData("-1mbit")]
    [InlineData("+1mbit")]
    [InlineData("5mbitt")]
    [InlineData("5 mbit")]
    [InlineData(" 5mbit")]
    [InlineData("5mbit ")]
    [InlineData("5%")]
    [InlineData("1e")]
    [InlineData("1e+mbit")]
    [InlineData("1,5mbit")]
    [InlineData("0x10mbit")]
    [InlineData("inf")]
    [InlineData("nan")]
    [InlineData("1.2.3mbit")]
    [InlineData("5mb")]
    [InlineData("5k")]
    [InlineData("٥mbit")]
    public void Rate_RefusesWhatIsNone(string text)
    {
        Assert.False(Rate.TryParse(text, out var rate));
        Assert.Equal(default, rate);
        var e = Assert.Throws<FormatException>(() => Rate.Parse(text));
        Assert.Equal($"\"{text}\" is not a rate; expected tc notation such as 50mbit.", e.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("kb")]
    [InlineData("-1k")]
    [InlineData("1kib")]
    [InlineData("1tb")]
    [InlineData("1kbps")]
    [InlineData("1 k")]
    public void ByteSize_RefusesWhatIsNone(string text)
    {
        Assert.False(ByteSize.TryParse(text, out _));
        Assert.Throws<FormatException>(() => ByteSize.Parse(text));
    }

    [Fact]
    public void Largest_IsReadAndOneMoreIsRefused()
    {
        Assert.Equal(ulong.MaxValue, Rate.Parse("18446744073709551615bps").BytesPerSecond);
        Assert.Equal(ulong.MaxValue, Rate.Parse("18446744073709551615.9bps").BytesPerSecond);
        Assert.False(Rate.TryParse("18446744073709551616bps", out _));
        Assert.Throws<OverflowException>(() => Rate.Parse("18446744073709551616bps"));
        Assert.Throws<OverflowException>(() => Rate.Parse("1e40tbit"));
        Assert.Throws<OverflowException>(() => Rate.Parse(new string('9', 400)));
        Assert.Equal(ulong.MaxValue, ByteSize.Parse("18446744073709551615").Bytes);
        Assert.Throws<OverflowException>(() => ByteSize.Parse("18446744073709551616"));
        Assert.Throws<OverflowException>(() => ByteSize.Parse("1e30g"));
    }

    [Fact]
    public void Bits_AreExactUntilTheyNoLongerFit()
    {
        Assert.Equal(8_000_000ul, Rate.Parse("8mbit").BitsPerSecond);
        Assert.Equal(1ul, Rate.FromBitsPerSecond(15).BytesPerSecond);
        Assert.Equal(ulong.MaxValue - 7, new Rate(ulong.MaxValue / 8).BitsPerSecond);
        Assert.Equal(ulong.MaxValue, new Rate((ulong.MaxValue / 8) + 1).BitsPerSecond);
        Assert.Equal("147573952Tbit", new Rate(ulong.MaxValue).ToString());
    }

    [Fact]
    public void Order_IsThatOfTheBytes()
    {
        Assert.True(Rate.Parse("8mbit") < Rate.Parse("8mibit"));
        Assert.True(Rate.Parse("8mbit") <= Rate.Parse("1mbps"));
        Assert.True(ByteSize.Parse("1m") > ByteSize.Parse("1000k"));
        Assert.True(ByteSize.Parse("1m") >= ByteSize.Parse("1024k"));
    }

    [Fact]
    public void Text_IsReadAlikeUnderEveryCulture()
    {
        var before = CultureInfo.CurrentCulture;
        var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        german.NumberFormat.NumberDecimalSeparator = ",";
        german.NumberFormat.NumberGroupSeparator = ".";
        try
        {
            CultureInfo.CurrentCulture = german;
            Assert.Equal(187_500ul, Rate.Parse("1.5mbit").BytesPerSecond);
            Assert.Equal(1_572_864ul, ByteSize.Parse("1.5m").Bytes);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void EveryPrintedRate_IsReadBackWithinAThousandth()
    {
        var random = new Random(20260101);
        for (var i = 0; i < 10_000; i++)
        {
            var rate = new Rate((ulong)random.NextInt64() >> random.Next(63));
            var again = Rate.Parse(rate.ToString());
            Assert.True(again <= rate);
            Assert.True((decimal)again.BytesPerSecond >= (decimal.Truncate(rate.BytesPerSecond * 0.999m) - 1), $"{rate.BytesPerSecond} became {again.BytesPerSecond}");
        }
    }
}
