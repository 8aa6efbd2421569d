using System.CommandLine;
using VffNetlink;
using VffNetlink.Conntrack;
using Vffnl.Cli;
using Vffnl.Output;

namespace Vffnl.Conntrack;

/// <summary><c>vffnl ct copy</c>: makes the flows of one namespace again in another one.</summary>
internal static class CopyCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var json = CtCommand.Json();
        var to = new Option<string>("--to-netns") { Description = "The network namespace that the flows are made in: a name of ip netns, or a path.", HelpName = "NAME", Required = true };
        var selection = new SelectionOptions();
        var command = new Command("copy", "Makes flows again in another network namespace, with everything that the kernel takes of a new flow. Flows that are there already stay as they are.") { to, json };
        selection.AddTo(command);
        command.SetAction(parsed =>
        {
            var (filter, _) = selection.Read(parsed);
            using var from = Target.Open(parsed);
            using var target = Target.Open(parsed.GetValue(to)!);
            using var source = ConntrackClient.Open(Target.Socket(from));
            using var destination = ConntrackClient.Open(Target.Socket(target));
            return Copy(source, destination, filter, terminal, parsed.GetValue(json));
        });
        return command;
    }

    private static int Copy(ConntrackClient source, ConntrackClient destination, in FlowFilter filter, Terminal terminal, bool isJson)
    {
        var byError = new SortedDictionary<int, (long Count, string First)>();
        var refusals = new CopyRefusals(byError);
        var copy = source.CopyTo(destination, filter, ref refusals);
        // What is there already is no failure.
        var existing = byError.Remove(Errno.EEXIST, out var those) ? those.Count : 0;
        var refused = copy.Refused - existing;
        Reports.One(terminal.Output, isJson, report =>
        {
            report.Number("copied", copy.Copied);
            report.Number("existing", existing);
            report.Number("refused", refused);
        });
        if (copy.Copied > 0)
            terminal.Complain("the kernel takes no ids, use counts, counters, timestamps and security contexts of a new flow: the copies have their own");
        if (copy.LabelsLost)
            terminal.Complain("the copies have no labels: the kernel takes those of a new flow only where a rule of its namespace uses labels");
        if (refused == 0)
            return 0;
        terminal.Complain($"{refused} of {copy.Copied + copy.Refused} flows were refused: {string.Join("; ", byError.Values.Select(static o => $"{o.Count} with {o.First}"))}");
        return 1;
    }
}
