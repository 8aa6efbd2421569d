using System.CommandLine;
using VffNetlink.Conntrack;
using Vffnl.Cli;
using Vffnl.Output;

namespace Vffnl.Conntrack;

/// <summary><c>vffnl ct list</c>: all flows, or some, as they come out of the kernel: none is kept.</summary>
internal static class ListCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var json = CtCommand.Json();
        (Option<bool> Option, FlowList List)[] lists =
        [
            (new("--zero") { Description = "Sets the counters of the flows that are listed to zero in the same moment." }, FlowList.TableAndZeroCounters),
            (new("--dying") { Description = "Lists flows that ended and whose end a subscriber was not told yet." }, FlowList.Dying),
            (new("--unconfirmed") { Description = "Lists flows whose first packet is still on its way (up to Linux 5.18)." }, FlowList.Unconfirmed),
        ];
        var selection = new SelectionOptions();
        var command = new Command("list", "Lists flows, one a line.") { json };
        selection.AddTo(command);
        foreach (var (option, _) in lists)
            command.Add(option);
        command.SetAction(parsed =>
        {
            var (filter, _) = selection.Read(parsed);
            FlowList[] asked = [.. lists.Where(l => parsed.GetValue(l.Option)).Select(static l => l.List)];
            if (asked.Length > 1)
                throw new UsageException("--zero, --dying and --unconfirmed exclude each other");
            using var ns = Target.Open(parsed);
            using var client = ConntrackClient.Open(Target.Socket(ns));
            Reports.Stream(terminal.Output, parsed.GetValue(json), report => List(client, filter, asked is [var one] ? one : FlowList.Table, report));
        });
        return command;
    }

    private static void List(ConntrackClient client, in FlowFilter filter, FlowList list, Report report)
    {
        var teller = new FlowTeller(report);
        try
        {
            client.Dump(filter, list, ref teller);
        }
        catch (ArgumentException) when (list == FlowList.TableAndZeroCounters)
        {
            throw new UsageException($"this kernel cannot compare all of \"{filter}\" by itself, and would set the counters of other flows to zero, too");
        }
    }
}
