using System.Text.Json;
using VffNetlink;
using VffNetlink.Testing;

namespace Vffnl.Tests.Route;

/// <summary>The witness <c>ip</c>, whose JSON vffnl's has to equal.</summary>
internal static class Ip
{
    /// <summary>The version whose JSON is meant: others tell other fields.</summary>
    private const string Version = "iproute2-6.1.";

    /// <summary>How often it is looked again where the kernel's objects changed during the comparison.</summary>
    private const int Attempts = 10;

    /// <summary>Skips the test where another version is installed, or none.</summary>
    public static void Required(NetworkNamespace ns)
    {
        Requires.Tool("ip");
        var version = Witness.Run(ns, "ip", "-V").Trim();
        if (!version.Contains(Version, StringComparison.Ordinal))
            Assert.Skip($"needs the witness ip of {Version}x, not \"{version}\"");
    }

    /// <summary>Runs one of its commands, which must succeed.</summary>
    public static void Run(NetworkNamespace ns, string arguments) => Witness.Run(ns, "ip", arguments);

    /// <summary>Runs one of its commands, or skips the test where the running kernel lacks what the command is about; any other failure is one.</summary>
    public static void RunOrSkip(NetworkNamespace ns, string arguments, string part)
    {
        var (code, output, error) = Witness.TryRun(ns, "ip", arguments.Split(' '));
        if (code == 0)
            return;
        Requires.Kernel(!error.Contains("Unknown device type", StringComparison.Ordinal) && !error.Contains("Operation not supported", StringComparison.Ordinal), part);
        Assert.Fail($"ip {arguments}: exit code {code}: {error}{output}");
    }

    /// <summary>The JSON of a list.</summary>
    public static string Json(NetworkNamespace ns, string what)
    {
        var json = Witness.Run(ns, "ip", $"-j -d {what}").Trim();
        return json.Length == 0 ? "[]" : json;
    }

    /// <summary>Fails where vffnl tells anything else than ip, object by object and field by field.</summary>
    /// <param name="ns">Where.</param>
    /// <param name="vffnl">vffnl's arguments.</param>
    /// <param name="ip">ip's.</param>
    /// <returns>How many objects were compared.</returns>
    public static int Compare(NetworkNamespace ns, string vffnl, string ip)
    {
        List<string> differences;
        string told;
        var left = Attempts;
        do
        {
            var before = Json(ns, ip);
            told = Tool.Show(ns, [.. vffnl.Split(' '), "--json"]);
            var after = Json(ns, ip);
            differences = JsonDifferences.Between(before, told, after);
            if (before == after)
                break;
        }
        while (differences.Count > 0 && --left > 0);
        Assert.True(differences.Count == 0, $"vffnl {vffnl} is not ip {ip}:\n{string.Join('\n', differences)}");
        using var json = JsonDocument.Parse(told);
        return json.RootElement.GetArrayLength();
    }
}
