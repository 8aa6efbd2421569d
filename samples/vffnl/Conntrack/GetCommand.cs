using System.CommandLine;
using VffNetlink.Conntrack;
using Vffnl.Cli;
using Vffnl.Output;

namespace Vffnl.Conntrack;

/// <summary><c>vffnl ct get</c>: one flow, by its tuple.</summary>
internal static class GetCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var json = CtCommand.Json();
        var selection = new SelectionOptions();
        var command = new Command("get", "Shows the flow of a whole tuple: transport, addresses, ports or ICMP's type, code and identifier, of either direction; in zone 0, or another one.") { json };
        selection.AddTo(command);
        command.SetAction(parsed =>
        {
            var (filter, tuple) = selection.Read(parsed);
            if ((tuple ?? TupleOptions.WholeWithoutPorts(filter)) is not { } wanted)
                throw new UsageException("a flow is named by a whole tuple: --proto, both addresses of one direction, and its ports, or --icmp-type, --icmp-code and --icmp-id");
            using var ns = Target.Open(parsed);
            using var client = ConntrackClient.Open(Target.Socket(ns));
            using var report = new JsonReport(terminal.Output, isStream: true);
            var teller = new FlowTeller(parsed.GetValue(json) ? report : new LineReport(terminal.Output, isStream: true));
            FlowLookup.Visit(client, wanted, filter, ref teller);
        });
        return command;
    }
}
