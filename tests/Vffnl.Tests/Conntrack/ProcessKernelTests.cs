using System.Text.Json;
using VffNetlink;
using VffNetlink.Testing;
using VffNetlink.Testing.Conntrack;

namespace Vffnl.Tests.Conntrack;

/// <summary>The program itself: pipes that end, and users who may not.</summary>
[Trait("Category", "Process")]
public sealed class ProcessKernelTests : IDisposable
{
    private readonly KernelTable _table = new();

    public void Dispose() => _table.Dispose();

    [Fact]
    public void Who_May_Not_Ask_Is_Told_So_With_1_And_Nothing_Else()
    {
        Requires.Tool("setpriv");
        foreach (var command in (string[])["list --json", "stats --json", "delete --all", "set --all --set-mark 1", "get --proto udp --orig-src 192.0.2.1 --orig-dst 192.0.2.2 --orig-sport 1 --orig-dport 2"])
        {
            var (code, output, error) = Tool.RunProcess([Witness.Find("setpriv")!, "--bounding-set=-net_admin", .. Tool.Program, "ct", .. command.Split(' '), "--netns", Tool.PathOf(_table.Namespace)]);
            Assert.Equal((1, ""), (code, output));
            Assert.StartsWith("vffnl: ", error, StringComparison.Ordinal);
            Assert.Contains("EPERM", error, StringComparison.Ordinal);
            Assert.Equal(error.Length - 1, error.IndexOf('\n', StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Who_Reads_No_More_Ends_A_List()
    {
        var batch = new NetlinkBatch();
        for (var n = 1; n <= 2000; n++)
            VffNetlink.Conntrack.ConntrackBatch.CreateFlow(batch, Flows.New(Flows.Numbered(n)));
        Assert.Equal(0, _table.Client.Send(batch).Refused);
        using var process = Tool.Start([.. Tool.Program, "ct", "list", "--netns", Tool.PathOf(_table.Namespace)]);
        Assert.StartsWith("family=inet original(protocol=tcp ", process.StandardOutput.ReadLine(), StringComparison.Ordinal);
        process.StandardOutput.Close();
        process.WaitForExit();
        Assert.Equal((1, ""), (process.ExitCode, process.StandardError.ReadToEnd()));
    }

    [Fact]
    public void From_One_Namespace_To_Another_As_A_Program()
    {
        using var other = new KernelTable();
        _table.Client.Create(Flows.New(Flows.Tcp4, mark: 5));
        var (code, output, error) = Tool.RunProcess([.. Tool.Program, "ct", "copy", "--netns", Tool.PathOf(_table.Namespace), "--to-netns", Tool.PathOf(other.Namespace)]);
        Assert.Equal((0, "copied=1 existing=0 refused=0\n"), (code, output));
        Assert.StartsWith("vffnl: the kernel takes no ids", error, StringComparison.Ordinal);
        (code, output, _) = Tool.RunProcess([.. Tool.Program, "ct", "list", "--mark", "5", "--json", "--netns", Tool.PathOf(other.Namespace)]);
        using var json = JsonDocument.Parse(output);
        Assert.Equal((0, 1), (code, json.RootElement.GetArrayLength()));
    }
}
