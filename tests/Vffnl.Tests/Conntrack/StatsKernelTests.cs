using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using VffNetlink;
using VffNetlink.Testing;
using VffNetlink.Testing.Conntrack;

namespace Vffnl.Tests.Conntrack;

/// <summary>How full the table is and what was counted, beside what <c>conntrack -S</c> says.</summary>
[Trait("Category", "Kernel")]
public sealed partial class StatsKernelTests : IDisposable
{
    private readonly KernelTable _table = new();

    public void Dispose() => _table.Dispose();

    [Fact]
    public void Counters_Are_Those_That_Conntrack_Prints_And_Add_Up()
    {
        for (var n = 1; n <= 5; n++)
            _table.Client.Create(Flows.New(Flows.Numbered(n)));
        Assert.False(_table.Client.TryCreate(Flows.New(Flows.Numbered(1)), out _));

        var stats = FlowJson.One(_table.Namespace, "stats");
        Assert.Equal(5, stats.GetProperty("entries").GetInt32());
        Assert.Equal(int.Parse(File.ReadAllText("/proc/sys/net/netfilter/nf_conntrack_max"), CultureInfo.InvariantCulture), stats.GetProperty("maximum").GetInt32());
        var cpus = stats.GetProperty("cpus").EnumerateArray().ToDictionary(static c => c.GetProperty("cpu").GetInt32());
        var lines = Witness.Run(_table.Namespace, "conntrack", "-S").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(lines.Length, cpus.Count);
        foreach (var line in lines)
        {
            var theirs = Counter().Matches(line).ToDictionary(static m => m.Groups[1].Value, static m => m.Groups[2].Value);
            var ours = cpus[int.Parse(theirs["cpu"], CultureInfo.InvariantCulture)];
            foreach (var (name, value) in theirs)
                Assert.Equal(value, ours.GetProperty(name == "chaintoolong" ? "chain_toolong" : name).ToString());
        }

        foreach (var field in stats.GetProperty("total").EnumerateObject())
            Assert.Equal(cpus.Values.Sum(c => c.GetProperty(field.Name).GetInt64()), field.Value.GetInt64());
        Assert.True(stats.GetProperty("total").TryGetProperty("expect_create", out _));
    }

    [Fact]
    public void Text_Has_All_That_Json_Has()
    {
        var stats = FlowJson.One(_table.Namespace, "stats");
        var text = Tool.Show(_table.Namespace, "ct", "stats");
        Assert.StartsWith($"entries 0  maximum {stats.GetProperty("maximum")}\n    total:  ", text, StringComparison.Ordinal);
        foreach (var field in stats.GetProperty("total").EnumerateObject())
            Assert.Equal(1 + stats.GetProperty("cpus").GetArrayLength(), Regex.Count(text, $@"(?<=\s){field.Name} \d"));
    }

    [GeneratedRegex(@"(\w+)=(\d+)")]
    private static partial Regex Counter();
}
