using System.Text;
using Vffnl.Output;

namespace Vffnl.Tests.Output;

/// <summary>The form for people.</summary>
public sealed class TextReportTests
{
    [Fact]
    public void What_Is_Inside_Stands_Further_Right() => Assert.Equal(
        """
        name a  number 5  list x,y
            inner:  deep 0.07  on  off off
                innermost:  last
            behind 1
            objects:
                from 1  to 2
                from 3  to 4

        """,
        Written(static report =>
        {
            report.BeginObject();
            report.Text("name", "a");
            report.Number("number", 5L);
            report.BeginArray("list");
            report.Item("x");
            report.Item("y");
            report.EndArray();
            report.BeginObject("inner");
            report.Hundredths("deep", 7);
            report.Flag("on", true);
            report.Flag("off", false);
            report.BeginObject("innermost");
            report.Mark("last");
            report.EndObject();
            report.EndObject();
            report.Number("behind", 1L);
            report.BeginArray("objects");
            foreach (var from in (long[])[1, 3])
            {
                report.BeginObject();
                report.Number("from", from);
                report.Number("to", from + 1);
                report.EndObject();
            }

            report.EndArray();
            report.EndObject();
        }));

    [Fact]
    public void What_Is_Empty_Is_Left_Out() => Assert.Equal(
        "a 1\nb 2\n",
        Written(static report =>
        {
            report.BeginObject();
            report.BeginArray("flags");
            report.EndArray();
            report.Number("a", 1L);
            report.BeginObject("data");
            report.EndObject();
            report.EndObject();
            report.BeginObject();
            report.Number("b", 2L);
            report.EndObject();
        }));

    [Fact]
    public void Long_Lines_Are_Broken_Between_Fields()
    {
        var lines = Written(static report =>
        {
            report.BeginObject();
            for (var i = 0; i < 40; i++)
                report.Number($"field{i}", (long)i);
            report.EndObject();
        }).TrimEnd('\n').Split('\n');
        Assert.All(lines[..^1], static line => Assert.InRange(line.Length, 60, 110));
        Assert.All(lines[1..], static line => Assert.StartsWith("    field", line, StringComparison.Ordinal));
        Assert.Equal(Enumerable.Range(0, 40).Select(static i => $"field{i} {i}"), lines.SelectMany(static l => l.Trim().Split("  ")));
    }

    [Theory]
    [InlineData("eth0", "eth0")]
    [InlineData("my link", "\"my link\"")]
    [InlineData("", "\"\"")]
    [InlineData("a\"b", "\"a\\\"b\"")]
    [InlineData("\u001b[2J\n", "\"\\x1b[2J\\x0a\"")]
    [InlineData("a\u0085b", "\"a\\x85b\"")]
    public void Names_Cannot_Command_A_Terminal(string value, string told) => Assert.Equal(
        $"alias {told}\n",
        Written(report =>
        {
            report.BeginObject();
            report.Text("alias", value);
            report.EndObject();
        }));

    private static string Written(Action<Report> write)
    {
        using var output = new MemoryStream();
        Reports.Write(output, isJson: false, write);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
