using System.CommandLine;
using VffNetlink.Conntrack;
using Vffnl.Cli;
using Vffnl.Output;

namespace Vffnl.Conntrack;

/// <summary><c>vffnl ct stats</c>: how full the table is, and what each processor counted.</summary>
internal static class StatsCommand
{
    /// <summary>What is counted of flows, by the kernel's names.</summary>
    private static readonly (string Name, Func<ConntrackCpuStatistics, uint?> Value)[] Flows =
    [
        ("searched", static c => c.Searched), ("found", static c => c.Found), ("new", static c => c.New), ("invalid", static c => c.Invalid), ("ignore", static c => c.Ignored),
        ("delete", static c => c.Deleted), ("delete_list", static c => c.DeletedToList), ("insert", static c => c.Inserted), ("insert_failed", static c => c.InsertFailed),
        ("drop", static c => c.Dropped), ("early_drop", static c => c.DroppedEarly), ("error", static c => c.Errors), ("search_restart", static c => c.SearchRestarts),
        ("clash_resolve", static c => c.ClashesResolved), ("chain_toolong", static c => c.ChainTooLong),
    ];

    /// <summary>What is counted of expectations, by the kernel's names.</summary>
    private static readonly (string Name, Func<ExpectationCpuStatistics, uint?> Value)[] Expectations =
    [
        ("expect_new", static e => e.New), ("expect_create", static e => e.Created), ("expect_delete", static e => e.Deleted),
    ];

    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var json = CtCommand.Json();
        var command = new Command("stats", "Shows how full the table is, and what happened to flows and expectations since the namespace was made: altogether, and by processor.") { json };
        command.SetAction(parsed =>
        {
            using var ns = Target.Open(parsed);
            using var client = ConntrackClient.Open(Target.Socket(ns));
            var table = client.GetStatistics();
            var flows = client.GetCpuStatistics();
            var expectations = client.GetExpectationStatistics();
            if (parsed.GetValue(json))
                Reports.One(terminal.Output, isJson: true, report => Write(report, table, flows, expectations));
            else
                Tell(new TextReport(terminal.Output), table, flows, expectations);
        });
        return command;
    }

    private static void Tell(TextReport report, in ConntrackStatistics table, IReadOnlyList<ConntrackCpuStatistics> flows, IReadOnlyList<ExpectationCpuStatistics> expectations)
    {
        report.BeginObject();
        Write(report, table, flows, expectations);
        report.EndObject();
        report.Flush();
    }

    private static void Write(Report report, in ConntrackStatistics table, IReadOnlyList<ConntrackCpuStatistics> flows, IReadOnlyList<ExpectationCpuStatistics> expectations)
    {
        report.Number("entries", (long)table.Entries);
        report.NumberIf("maximum", table.Maximum);
        report.BeginObject("total");
        WriteSums(report, flows, expectations);
        report.EndObject();
        report.BeginArray("cpus");
        foreach (var cpu in flows.Select(static f => f.Cpu).Union(expectations.Select(static e => e.Cpu)))
        {
            report.BeginObject();
            report.Number("cpu", (long)cpu);
            WriteSums(report, flows.Where(f => f.Cpu == cpu), expectations.Where(e => e.Cpu == cpu));
            report.EndObject();
        }

        report.EndArray();
    }

    /// <summary>Sums; of what no processor was told, none.</summary>
    private static void WriteSums(Report report, IEnumerable<ConntrackCpuStatistics> flows, IEnumerable<ExpectationCpuStatistics> expectations)
    {
        foreach (var (name, value) in Flows)
            report.NumberIf(name, Sum(flows.Select(value)));
        foreach (var (name, value) in Expectations)
            report.NumberIf(name, Sum(expectations.Select(value)));
    }

    private static ulong? Sum(IEnumerable<uint?> counts) => counts.Aggregate((ulong?)null, static (sum, count) => count is { } number ? (sum ?? 0) + number : sum);
}
