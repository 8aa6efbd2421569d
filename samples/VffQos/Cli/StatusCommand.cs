using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;
using VffNetlink.Tc;
using VffQos.Configuration;
using VffQos.Hosting;
using VffQos.Shaping;
using VffQos.State;
using VffQos.Status;

namespace VffQos.Cli;

/// <summary><c>vffqos status</c>: what the kernel and the state hold, whether or not a daemon runs.</summary>
internal static class StatusCommand
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var config = CommandLine.ConfigOption();
        var json = new Option<bool>("--json") { Description = "Prints JSON; docs/status.md tells its keys." };
        var command = new Command("status", "Shows the data plane and every user's limits and rates, read from the kernel and the state alone.") { config, json };
        command.SetAction(parsed => CommandLine.Guard(() => Run(parsed.GetValue(config)!, parsed.GetValue(json))));
        return command;
    }

    private static int Run(string file, bool json)
    {
        var config = ConfigReader.Read(file);
        Privilege.RequireNetAdmin("status");
        var state = StateDatabase.Read(config.StateDirectory);
        using var shaper = Shaper.Open(ShapingPolicy.From(config), new ReadOnlyFacts(state), NullLogger.Instance);
        var first = shaper.Read();
        var started = TimeProvider.System.GetTimestamp();
        Thread.Sleep(BetweenLooks); // the time between the samples is what a rate is made of
        var second = shaper.Read();
        var report = StatusReader.Read(config, state, first, second, TimeProvider.System.GetElapsedTime(started));
        if (json)
            Console.Out.WriteLine(JsonSerializer.Serialize(report, StatusJson.Default.StatusReport));
        else
            Print(report);
        return 0;
    }

    private static void Print(StatusReport report)
    {
        Console.WriteLine(report.Process is { } process ? $"daemon      process {process}" : "daemon      not running in this network namespace");
        Console.WriteLine($"data plane  {report.DataPlane ?? "none in the kernel"}{(report.Reason is null ? "" : $": {report.Reason}")}");
        Console.WriteLine($"devices     WAN {report.Wan ?? "none"}, IFB {report.Ifb ?? "none"}, uploads {(report.Redirect ? "redirected" : "not redirected")}");
        if (report.Flows is { } flows)
            Console.WriteLine($"flows       {flows}");
        if (string.Join(", ", report.Counters.Where(static counter => counter.Value != 0).Select(static counter => $"{counter.Key} {counter.Value}")) is { Length: > 0 } counters)
            Console.WriteLine($"counted     {counters}");
        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in (string[])["user", "mark", "class", "up limit", "up now", "up bytes", "down limit", "down now", "down bytes"])
            table.AddColumn(column);
        foreach (var user in report.Users)
            AddRow(table, user.Name, user.Mark, user.Class, user.Upload, user.Download);
        AddRow(table, "(default)", "", "fffe", report.Upload, report.Download);
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = 200; // no line breaks for grep and awk
        AnsiConsole.Write(table);
    }

    private static void AddRow(Table table, string name, string mark, string minor, DirectionStatus? up, DirectionStatus? down) => table.AddRow(
        Markup.Escape(name), mark, minor,
        RateText(up?.Limit), RateText(up?.Rate), up?.Bytes.ToString(CultureInfo.InvariantCulture) ?? "-",
        RateText(down?.Limit), RateText(down?.Rate), down?.Bytes.ToString(CultureInfo.InvariantCulture) ?? "-");

    private static string RateText(ulong? bitsPerSecond) => bitsPerSecond is { } rate ? Rate.FromBitsPerSecond(rate).ToString() : "-";
}
