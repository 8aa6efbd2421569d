using System.CommandLine;
using VffNetlink.Conntrack;
using Vffnl.Cli;

namespace Vffnl.Conntrack;

/// <summary><c>vffnl ct set</c>: changes one flow, or all that are so.</summary>
internal static class SetCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var json = CtCommand.Json();
        var all = new Option<bool>("--all") { Description = "Every flow." };
        var selection = new SelectionOptions();
        var changes = new ChangeOptions();
        var command = new Command("set", "Changes the flow of a whole tuple (in zone 0, or another one), or all flows that the conditions name.") { json };
        changes.AddTo(command);
        selection.AddTo(command);
        command.Add(all);
        command.SetAction(parsed =>
        {
            var change = changes.Read(parsed);
            var selected = selection.Read(parsed);
            Changes.Check(selected, parsed.GetValue(all));
            using var ns = Target.Open(parsed);
            using var client = ConntrackClient.Open(Target.Socket(ns));
            var update = selected.Tuple is { } tuple ? One(client, tuple, selected.Filter, change) : client.UpdateAll(selected.Filter, change);
            return Changes.Tell(terminal, parsed.GetValue(json), "updated", update.Matched, update.Updated, update.Gone, update.Refused, update.FirstRefusal);
        });
        return command;
    }

    private static FlowUpdates One(ConntrackClient client, in ConntrackTuple tuple, in FlowFilter filter, in FlowChange change)
    {
        var flow = FlowLookup.Find(client, tuple, filter);
        client.Update(flow.Original, change.Status is { } status ? change with { Status = status | (flow.Status ?? default) } : change);
        return new FlowUpdates(1, 1, 0, 0, default);
    }
}
