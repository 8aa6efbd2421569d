namespace VffNetlink.Conntrack.Tests;

public class MaskedMarkTests
{
    [Fact]
    public void Bits_Outside_The_Mask_Are_Refused() =>
        Assert.Contains("0x10005 has bits outside its mask 0xffff", Assert.Throws<ArgumentException>(() => new MaskedMark(0x10005, 0xffff)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0x5, 0xffff, 0x70003, 0x70005)]
    [InlineData(0x0, 0xffff, 0x70003, 0x70000)]
    [InlineData(0x5, 0xffffffff, 0x70003, 0x5)]
    [InlineData(0x0, 0x0, 0x70003, 0x70003)]
    public void Setting_Changes_The_Masks_Bits_Alone(uint value, uint mask, uint before, uint after)
    {
        var mark = new MaskedMark(value, mask);
        Assert.Equal(after, mark.ApplyTo(before));
        Assert.True(mark.Matches(after));
        Assert.Equal(before == after, mark.Matches(before));
    }

    [Fact]
    public void Text()
    {
        Assert.Equal("0x5/0xffff", new MaskedMark(5, 0xffff).ToString());
        Assert.Equal("0x5", new MaskedMark(5).ToString());
        Assert.Equal("0x0/0x0", default(MaskedMark).ToString());
    }
}
