using System.Diagnostics;
using System.Text;
using System.Text.Json;
using VffNetlink.Testing;

namespace VffNetlink.Tc.Tests;

/// <summary>Asks the real tc what it makes of every row, in one batch in a network namespace of its own.</summary>
[Trait("Category", "Kernel")]
public class UnitsTcWitnessTests
{
    [Fact]
    public void Tc_ReadsAndPrintsEveryRateAlike()
    {
        var rows = RateTests.Rates.Select(r => (Text: r.Data.Item1, Number: r.Data.Item2, Printed: r.Data.Item3)).ToArray();
        Check(rows, text => $"tbf rate {text} burst 10k limit 10k", "rate");
    }

    [Fact]
    public void Tc_ReadsAndPrintsEverySizeAlike()
    {
        var rows = RateTests.Sizes.Select(r => (Text: r.Data.Item1, Number: r.Data.Item2, Printed: r.Data.Item3)).ToArray();
        Check(rows, text => $"bfifo limit {text}", "limit");
    }

    private static void Check((string Text, ulong Number, string Printed)[] rows, Func<string, string> qdisc, string key)
    {
        var batch = new StringBuilder();
        foreach (var (text, _, _) in rows)
            batch.Append("qdisc replace dev lo root ").Append(qdisc(text)).Append("\nqdisc show dev lo\n");
        var json = Tc("-j", batch.ToString()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var plain = Tc(null, batch.ToString()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(rows.Length, json.Length);
        Assert.Equal(rows.Length, plain.Length);
        for (var i = 0; i < rows.Length; i++)
        {
            using var document = JsonDocument.Parse(json[i]);
            var number = document.RootElement[0].GetProperty("options").GetProperty(key).GetUInt64();
            Assert.Equal((rows[i].Text, rows[i].Number), (rows[i].Text, number));
            var words = plain[i].Split(' ');
            Assert.Equal((rows[i].Text, rows[i].Printed), (rows[i].Text, words[Array.IndexOf(words, key) + 1]));
        }
    }

    private static string Tc(string? option, string batch)
    {
        Requires.Namespaces();
        Requires.Tool("unshare");
        Requires.Tool("tc");
        var start = new ProcessStartInfo(Witness.Find("unshare")!) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "-n", Witness.Find("tc"), option, "-batch", "-" })
        {
            if (argument != null)
                start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(batch);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error.GetAwaiter().GetResult());
        return output;
    }
}
