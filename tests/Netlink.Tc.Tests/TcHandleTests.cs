namespace VffNetlink.Tc.Tests;

public class TcHandleTests
{
    [Theory]
    [InlineData("1:", 0x00010000u)]
    [InlineData("1:10", 0x00010010u)]
    [InlineData("ffff:fff1", 0xfffffff1u)]
    [InlineData(":10", 0x00000010u)]
    [InlineData("ffff:", 0xffff0000u)]
    [InlineData("root", 0xffffffffu)]
    [InlineData("none", 0u)]
    public void Text_Is_Tcs(string text, uint value)
    {
        Assert.Equal(value, TcHandle.Parse(text).Value);
        Assert.True(TcHandle.TryParse(text, out var handle));
        Assert.Equal(text, handle.ToString());
    }

    [Theory]
    [InlineData("0001:0010", "1:10")]
    [InlineData("ABCD:EF", "abcd:ef")]
    [InlineData("0:", "none")]
    [InlineData("ffff:ffff", "root")]
    public void Text_Is_Read_In_Every_Form_And_Printed_In_One(string text, string printed) => Assert.Equal(printed, TcHandle.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    [InlineData("1")]
    [InlineData("1:2:3")]
    [InlineData("12345:")]
    [InlineData("1:12345")]
    [InlineData("g:1")]
    [InlineData(" 1:1")]
    [InlineData("1: 1")]
    [InlineData("-1:1")]
    [InlineData("0x1:1")]
    [InlineData("ROOT")]
    public void Other_Text_Is_Refused(string text)
    {
        Assert.False(TcHandle.TryParse(text, out var handle));
        Assert.Equal(default, handle);
        var e = Assert.Throws<FormatException>(() => TcHandle.Parse(text));
        Assert.Equal($"\"{text}\" is not a handle; expected two hexadecimal numbers of up to four digits such as 1:10.", e.Message);
    }

    [Fact]
    public void Halves_Are_Major_And_Minor()
    {
        var handle = new TcHandle(1, 0xfffe);
        Assert.Equal((ushort)1, handle.Major);
        Assert.Equal((ushort)0xfffe, handle.Minor);
        Assert.Equal(new TcHandle(1, 0), handle.Qdisc);
        Assert.True(handle.Qdisc < handle);
        Assert.Equal("ffff:fff2", TcHandle.IngressFilters.ToString());
        Assert.Equal("ffff:fff3", TcHandle.EgressFilters.ToString());
    }
}
