using Vffnl.Cli;

namespace Vffnl.Tests.Cli;

/// <summary>What is not understood ends with 2 and one line that names it; nothing else is written.</summary>
public sealed class ExitCodeTests
{
    [Theory]
    [InlineData("", "vffnl --help")]
    [InlineData("frobnicate", "\"frobnicate\" is not known here; see vffnl --help")]
    [InlineData("frobnicate show", "\"frobnicate\" is not known here; see vffnl --help")]
    [InlineData("link", "see vffnl link --help")]
    [InlineData("link destroy", "\"destroy\" is not known here; see vffnl link --help")]
    [InlineData("link show eth0", "\"eth0\" is not known here; see vffnl link show --help")]
    [InlineData("link show --jsn", "\"--jsn\" is not known here")]
    [InlineData("addr show --family inet5", "--family is inet or inet6; see vffnl addr show --help")]
    [InlineData("route show --family", "--family")]
    [InlineData("route show --netns", "--netns")]
    [InlineData("monitor", "see vffnl monitor --help")]
    [InlineData("monitor rule", "\"rule\" is not known here; see vffnl monitor --help")]
    [InlineData("decode", "see vffnl decode --help")]
    [InlineData("decode 0g", "\"0g\" is no file, and no bytes in hexadecimal: character 2 is no digit")]
    [InlineData("decode 012", "a digit is missing")]
    [InlineData("decode @012", "\"@012\" is no file, and no bytes in hexadecimal: character 1 is no digit")]
    [InlineData("decode 00 --protocol xfrm", "--protocol is route, netfilter or generic, not \"xfrm\"")]
    public void What_Is_Not_Understood_Is_2_And_One_Line(string arguments, string told)
    {
        var (code, output, error) = Tool.Run(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal((2, ""), (code, output));
        AssertOneLine(error);
        Assert.Contains(told, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"two\\x0alines\" is not known here", "two\nlines")]
    [InlineData("there is no network namespace two\\x0alines: ENOENT", "link", "show", "--netns", "two\nlines")]
    [InlineData("--protocol is route, netfilter or generic, not \"two\\x0alines\"", "decode", "00", "--protocol", "two\nlines")]
    [InlineData("--mark: \"two lines\" is no number", "ct", "list", "--mark", "two\nlines")]
    public void Whatever_Was_Typed_The_Complaint_Is_One_Line(string told, params string[] arguments)
    {
        var (code, output, error) = Tool.Run(arguments);
        Assert.Equal((2, ""), (code, output));
        AssertOneLine(error);
        Assert.Contains(told, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("link show")]
    [InlineData("addr show --json")]
    [InlineData("route show")]
    [InlineData("neigh show")]
    [InlineData("rule show")]
    [InlineData("monitor link")]
    [InlineData("decode 00")]
    public void A_Namespace_That_Is_Not_There_Is_2_And_One_Line(string arguments)
    {
        foreach (var (name, reason) in ((string, string)[])[("no-such-namespace", "ENOENT"), ("/proc/self/no-such-file", "ENOENT"), ("/proc/self/status", "not a network namespace"), ("/proc/self/ns/mnt", "not a network namespace"), ("..", "")])
        {
            var (code, output, error) = Tool.Run([.. arguments.Split(' '), "--netns", name]);
            Assert.Equal((2, ""), (code, output));
            AssertOneLine(error);
            Assert.Contains(name, error, StringComparison.Ordinal);
            Assert.Contains(reason, error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("--help", "link", "addr", "route", "neigh", "rule", "monitor", "decode", "--netns", "--version")]
    [InlineData("link --help", "show")]
    [InlineData("route show --help", "--json", "--family", "--netns", "all tables")]
    [InlineData("monitor --help", "link", "addr", "route", "neigh")]
    [InlineData("monitor neigh --help", "--json", "--family", "--netns")]
    [InlineData("decode --help", "HEX|FILE", "--protocol", "--netns")]
    public void Help_Tells_What_There_Is(string arguments, params string[] told)
    {
        var (code, output, error) = Tool.Run(arguments.Split(' '));
        Assert.Equal((0, ""), (code, error));
        Assert.All(told, word => Assert.Contains(word, output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("link")]
    [InlineData("addr")]
    [InlineData("route")]
    [InlineData("neigh")]
    [InlineData("rule")]
    public void Without_Options_Ones_Own_Namespace_Is_Shown(string what)
    {
        var (code, output, error) = Tool.Run(what, "show", "--json");
        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith("[", output, StringComparison.Ordinal);
        Assert.EndsWith("]\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void As_A_Program_It_Tells_The_Same()
    {
        Assert.Equal(2, Tool.RunProcess([.. Tool.Program, "frobnicate"]).ExitCode);
        Assert.Equal((2, "", ""), Tool.RunProcess(["/bin/sh", "-c", "exec \"$0\" \"$@\" 2>&-", .. Tool.Program, "frobnicate"])); // nobody to tell
        var (code, output, error) = Tool.RunProcess([.. Tool.Program, "--version"]);
        Assert.Equal((0, ""), (code, error));
        Assert.Matches(@"^\d+\.\d+", output);
    }

    [Theory]
    [InlineData("rule", "show")]
    [InlineData("decode", "00")]
    [InlineData("--help")]
    public void An_Output_That_Takes_Nothing_Is_1_And_One_Line(params string[] arguments)
    {
        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        using var error = new StringWriter();
        Assert.Equal(1, CommandLine.Run(arguments, new Terminal(full, error), TestContext.Current.CancellationToken));
        AssertOneLine(error.ToString());
        Assert.Contains("No space left on device", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "frobnicate")]
    [InlineData(2, "link", "show", "--netns", "no-such-namespace")]
    public void Complaints_That_Nobody_Takes_Change_No_Exit_Code(int code, params string[] arguments)
    {
        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        var error = new StreamWriter(full) { AutoFlush = true }; // never disposed of: it would try again
        Assert.Equal(code, CommandLine.Run(arguments, new Terminal(Stream.Null, error), TestContext.Current.CancellationToken));
    }

    private static void AssertOneLine(string error)
    {
        Assert.StartsWith("vffnl: ", error, StringComparison.Ordinal);
        Assert.Equal(error.Length - 1, error.IndexOf('\n', StringComparison.Ordinal));
    }
}
