using VffNetlink.Fuzzing.Cli;

namespace VffNetlink.Fuzzing.Tests;

/// <summary>The command line of <c>tests/fuzz</c>: a run that was not begun is no run without a fault.</summary>
public class CommandTests
{
    [Theory]
    [InlineData("--messages is 1 or more, not 0", "--messages", "0")]
    [InlineData("--messages is 1 or more, not -5", "--messages", "-5")]
    [InlineData("--first is 0 or more, not -1", "--first", "-1")]
    [InlineData("--least is 0 or more, not -1", "--least", "-1")]
    [InlineData("--journal", "--messages", "1", "--journal", "/proc/no-such-folder/journal")]
    [InlineData("--replay takes pairs of hexadecimal digits", "--replay", "0g")]
    [InlineData("there is no reader Nobody", "--replay", "00", "--reader", "Nobody")]
    [InlineData("--frobnicate", "--frobnicate")]
    public void What_Was_Not_Begun_Is_2_And_Told(string told, params string[] arguments)
    {
        using var error = new StringWriter();
        Assert.Equal(2, FuzzCommand.Run(arguments, error));
        Assert.Contains(told, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_Short_Run_Is_0_And_Leaves_No_Journal()
    {
        var journal = Path.Combine(Path.GetTempPath(), $"vffnetlink-fuzz-{Guid.NewGuid():N}");
        using var error = new StringWriter();
        Assert.Equal(0, FuzzCommand.Run(["--messages", "50", "--seed", "1", "--quiet", "--journal", journal], error));
        Assert.Equal("", error.ToString());
        Assert.False(File.Exists(journal));
    }
}
