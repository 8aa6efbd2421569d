using System.Text;
using VffNetlink;
using Vffnl.Output;

namespace Vffnl.Tests.Output;

/// <summary>The form with an object a line.</summary>
public sealed class LineReportTests
{
    [Fact]
    public void An_Object_Is_A_Line_With_All_That_Is_Inside() => Assert.Equal(
        "name=a number=-5 list=x,\"y z\",7 empty=none inner(deep=0.07 on off=off innermost(last) address=::1) bytes=0aff objects(from=1)(from=3 to=18446744073709551615) life=forever left=9\n",
        Written(Write));

    [Fact]
    public void An_Object_With_Nothing_In_It_Is_An_Empty_Line() => Assert.Equal(
        "\na=1\n",
        Written(static report =>
        {
            report.BeginObject();
            report.EndObject();
            report.BeginObject();
            report.Number("a", 1L);
            report.EndObject();
        }));

    [Fact]
    public void Names_Cannot_Command_A_Terminal() => Assert.Equal(
        "helper(name=\"\\x1b[2J\\x0a\")\n",
        Written(static report =>
        {
            report.BeginObject();
            report.BeginObject("helper");
            report.Text("name", "\u001b[2J\n");
            report.EndObject();
            report.EndObject();
        }));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_List_Is_Handed_On_In_Pieces_And_A_Stream_At_Once(bool isJson)
    {
        using var output = new MemoryStream();
        Reports.Stream(output, isJson, report =>
        {
            for (var i = 0; output.Length == 0; i++)
            {
                report.BeginObject();
                report.Number("number", (long)i);
                report.EndObject();
                report.Flush();
                Assert.True(i < 4000, "nothing is handed on");
            }

            Assert.InRange(output.Length, 1 << 15, 1 << 16);
        });
        Assert.EndsWith(isJson ? "}]\n" : "\n", Encoding.UTF8.GetString(output.ToArray()), StringComparison.Ordinal);

        using var stream = new MemoryStream();
        Reports.One(stream, isJson, static report => report.Number("a", 1L));
        Assert.Equal(isJson ? "{\"a\":1}\n" : "a=1\n", Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_What_Fails_Before_It_Is_Worth_A_Piece_Nothing_Is_Told(bool isJson)
    {
        using var output = new MemoryStream();
        Assert.Throws<TimeoutException>(() => Reports.Stream(output, isJson, static report =>
        {
            report.BeginObject();
            report.Number("a", 1L);
            throw new TimeoutException();
        }));
        Assert.Throws<TimeoutException>(() => Reports.One(output, isJson, static _ => throw new TimeoutException()));
        Assert.Equal(0, output.Length);
    }

    private static void Write(Report report)
    {
        report.BeginObject();
        report.Text("name", "a");
        report.Number("number", -5L);
        report.BeginArray("list");
        report.Item("x");
        report.Item("y z");
        report.Item(7);
        report.EndArray();
        report.BeginArray("empty");
        report.EndArray();
        report.BeginObject("inner");
        report.Hundredths("deep", 7);
        report.Flag("on", true);
        report.Flag("off", false);
        report.BeginObject("innermost");
        report.Mark("last");
        report.EndObject();
        report.Address("address", InetAddress.Parse("::1"));
        report.EndObject();
        report.Bytes("bytes", [10, 255]);
        report.BeginArray("objects");
        report.BeginObject();
        report.Number("from", 1L);
        report.EndObject();
        report.BeginObject();
        report.Number("from", 3L);
        report.Number("to", ulong.MaxValue);
        report.EndObject();
        report.EndArray();
        report.Lifetime("life", null);
        report.Lifetime("left", 9);
        report.EndObject();
    }

    private static string Written(Action<Report> write)
    {
        using var output = new MemoryStream();
        Reports.Stream(output, isJson: false, write);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
