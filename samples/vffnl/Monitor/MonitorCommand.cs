using System.CommandLine;
using VffNetlink;
using VffNetlink.Events;
using VffNetlink.Route;
using VffNetlink.Uapi;
using Vffnl.Cli;
using Vffnl.Names;
using Vffnl.Output;

namespace Vffnl.Monitor;

/// <summary><c>vffnl monitor</c>: what changes, as the kernel tells it, until it is interrupted.</summary>
internal static class MonitorCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new Command("monitor", "Tells what changes as it comes, until it is interrupted.");
        foreach (var subject in (Subject[])[new LinkSubject(), new AddrSubject(), new RouteSubject(), new NeighSubject()])
            command.Add(Create(terminal, subject));
        command.Add(FlowMonitor.Create(terminal));
        return command;
    }

    private static Command Create(Terminal terminal, Subject subject)
    {
        var isJson = Options.Json();
        isJson.Description = "Prints JSON, an object a line, with the keys and values of ip -j -d.";
        var family = Options.Family("Changes of this family alone. Links have none.");
        var command = new Command(subject.Name, $"Changes of {subject.Description}: what is new, what is different and, as deleted, what went.") { isJson, family };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var ns = Target.Open(parsed);
            using var interruption = new Interruption(cancellation);
            using var json = parsed.GetValue(isJson) ? new JsonReport(terminal.Output, isStream: true) : null;
            await RunAsync(subject, parsed.GetValue(family), ns, json ?? (Report)new TextReport(terminal.Output), interruption.Token).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task RunAsync(Subject subject, InetFamily family, NetworkNamespace? ns, Report report, CancellationToken cancellation)
    {
        var options = new NetlinkEventStreamOptions();
        options = options with { Socket = options.Socket with { Namespace = ns } };
        // Links in any case: the others' links are told by name, and names change.
        uint[] groups = [.. subject.Groups(family).Append((uint)RTNLGRP.RTNLGRP_LINK).Distinct()];
        await using var events = NetlinkEventStream.Open(NETLINK.NETLINK_ROUTE, groups, options);
        using var client = RouteClient.Open(Target.Socket(ns));
        var links = new LinkDirectory(client);
        try
        {
            await foreach (var item in events.ReadAllAsync(Read, cancellation).ConfigureAwait(false))
                Tell(item, report, links);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Interrupted: that is how it ends.
        }

        Change? Read(scoped in NetlinkMessage message)
        {
            links.Learn(message);
            return subject.Read(message, family);
        }
    }

    private static void Tell(EventItem<Change> item, Report report, LinkDirectory links)
    {
        report.BeginObject();
        if (item.IsOverrun)
        {
            // Changes were lost here: what follows is whole again.
            report.Flag("overrun", true);
        }
        else
        {
            report.FlagIfSet("deleted", item.Value.IsRemoval);
            item.Value.Write(report, links);
        }

        report.EndObject();
        report.Flush();
    }
}
