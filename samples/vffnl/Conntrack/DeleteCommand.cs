using System.CommandLine;
using VffNetlink;
using VffNetlink.Conntrack;
using Vffnl.Cli;

namespace Vffnl.Conntrack;

/// <summary><c>vffnl ct delete</c>: one flow, or all that are so.</summary>
internal static class DeleteCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var json = CtCommand.Json();
        var all = new Option<bool>("--all") { Description = "Every flow." };
        var selection = new SelectionOptions();
        var command = new Command("delete", "Deletes the flow of a whole tuple (in zone 0, or another one), or all flows that the conditions name, and no flow that came later.") { json };
        selection.AddTo(command);
        command.Add(all);
        command.SetAction(parsed =>
        {
            var selected = selection.Read(parsed);
            Changes.Check(selected, parsed.GetValue(all));
            using var ns = Target.Open(parsed);
            using var client = ConntrackClient.Open(Target.Socket(ns));
            var deletion = selected.Tuple is { } tuple ? One(client, tuple, selected.Filter) : client.DeleteAll(selected.Filter);
            return Changes.Tell(terminal, parsed.GetValue(json), "deleted", deletion.Matched, deletion.Deleted, deletion.Gone, deletion.Refused, deletion.FirstRefusal);
        });
        return command;
    }

    private static FlowDeletion One(ConntrackClient client, in ConntrackTuple tuple, in FlowFilter filter)
    {
        var flow = FlowLookup.Find(client, tuple, filter);
        client.Delete(flow.Original, flow.Id);
        return new FlowDeletion(1, 1, 0, 0, default);
    }
}
