using System.Text.Json;
using VffNetlink;
using VffNetlink.Route;
using VffNetlink.Testing;

namespace Vffnl.Tests.Cli;

/// <summary>Namespaces by name and by path, and who may not enter them.</summary>
[Trait("Category", "Process")]
public sealed class NamespaceKernelTests
{
    public NamespaceKernelTests() => Requires.Namespaces();

    [Fact]
    public void A_Namespace_Is_Entered_By_Its_Name()
    {
        Requires.Tool("ip");
        var name = $"vffnl-{Environment.ProcessId}";
        using var own = NetworkNamespace.OpenCurrent();
        Witness.Run(own, "ip", $"netns add {name}");
        try
        {
            using var ns = NetworkNamespace.OpenByName(name);
            using (var client = RouteClient.Open(new NetlinkSocketOptions { Namespace = ns }))
                client.AddLink("here", new VethLink("there"));
            var (code, output, error) = Tool.Run("link", "show", "--json", "--netns", name);
            Assert.Equal((0, ""), (code, error));
            using var json = JsonDocument.Parse(output);
            Assert.Equal(["here", "lo", "there"], json.RootElement.EnumerateArray().Select(static l => l.GetProperty("ifname").GetString()).Order());
        }
        finally
        {
            Witness.Run(own, "ip", $"netns delete {name}");
        }
    }

    [Fact]
    public void Who_May_Not_Enter_A_Namespace_Is_Told_So_With_1()
    {
        Requires.Tool("setpriv");
        using var ns = NetworkNamespace.Create();
        var without = (string[])[Witness.Find("setpriv")!, "--bounding-set=-sys_admin", .. Tool.Program, "link", "show"];
        var (code, output, error) = Tool.RunProcess([.. without, "--netns", Tool.PathOf(ns)]);
        Assert.Equal((1, "", "vffnl: setns CLONE_NEWNET: EPERM\n"), (code, output, error));
        // One's own can be looked at by anybody.
        (code, output, error) = Tool.RunProcess(without);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("ifname lo", output, StringComparison.Ordinal);
    }
}
