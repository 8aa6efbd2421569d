using System.CommandLine;
using VffNetlink;
using VffNetlink.Conntrack;
using Vffnl.Cli;
using Vffnl.Conntrack;
using Vffnl.Output;

namespace Vffnl.Monitor;

/// <summary><c>vffnl monitor ct</c>: flows that begin, change and end.</summary>
internal static class FlowMonitor
{
    private static readonly (FlowEventKind Kind, string Name)[] Kinds = [(FlowEventKind.New, "new"), (FlowEventKind.Update, "update"), (FlowEventKind.Destroy, "destroy")];

    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var json = CtCommand.Json();
        json.Description = "Prints JSON, an object a line (docs/vffnl.md has the keys).";
        var kinds = Values.Option<FlowEventKind?>("--event", "KIND,KIND", "Only these: new, update, destroy.", static t => KindsOf(t));
        var protocol = Values.Option<IpProtocol?>("--proto", "NAME|N", "Only flows of this transport.", static t => FlowNames.Protocol(t));
        var mark = Values.Option("--mark", "N[/M]", "Only flows with this mark, or these bits of it.", Values.Mark);
        var source = Values.Option("--orig-src", "A[/P]", "Only flows whose first packet comes from there.", Values.Prefix);
        var destination = Values.Option("--orig-dst", "A[/P]", "Only flows whose first packet goes there.", Values.Prefix);
        var buffer = Values.Option("--buffer", "BYTES", "The kernel's room for events that were not read yet; without it, 4 MiB.", Values.Optional<uint>);
        var command = new Command("ct", "Flows: what begins, changes and ends. The kernel keeps to itself what is not wanted.") { json, kinds, protocol, mark, source, destination, buffer };
        command.SetAction((parsed, cancellation) =>
        {
            var filter = new FlowEventFilter
            {
                Kinds = parsed.GetValue(kinds) ?? FlowEventKind.All,
                Protocols = parsed.GetValue(protocol) is { } number ? [number] : [],
                Mark = parsed.GetValue(mark) ?? default,
                Sources = parsed.GetValue(source) is { } from ? [from] : [],
                Destinations = parsed.GetValue(destination) is { } to ? [to] : [],
            };
            using var ns = Target.Open(parsed);
            var options = new NetlinkSocketOptions { Namespace = ns, ReceiveBuffer = (int)Math.Min(parsed.GetValue(buffer) ?? 4 << 20, int.MaxValue), SendBuffer = null };
            using var events = ConntrackEvents.Open(filter, options);
            if (events.Setting == FlowEventSetting.Off)
                terminal.Complain("no flow sends events, since net.netfilter.nf_conntrack_events is 0 there");
            using var report = new JsonReport(terminal.Output, isStream: true);
            using var interruption = new Interruption(cancellation);
            Run(events, parsed.GetValue(json) ? report : new LineReport(terminal.Output, isStream: true), interruption.Token);
            return Task.CompletedTask;
        });
        return command;
    }

    private static void Run(ConntrackEvents events, Report report, CancellationToken stop)
    {
        var teller = new EventTeller(report);
        try
        {
            while (events.Wait(Timeout.InfiniteTimeSpan, stop))
            {
                while (!stop.IsCancellationRequested && events.Receive(ref teller))
                {
                    // As long as there is more.
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Interrupted: that is how it ends.
        }
    }

    private static FlowEventKind KindsOf(string text)
    {
        var kinds = FlowEventKind.None;
        foreach (var part in text.Split(','))
        {
            var kind = Kinds.FirstOrDefault(k => k.Name == part).Kind;
            kinds |= kind != FlowEventKind.None ? kind : throw new FormatException($"\"{part}\" is no kind of event: new, update, destroy");
        }

        return kinds;
    }

    private readonly struct EventTeller(Report report) : IFlowEventSink
    {
        public void Flow(FlowEventKind kind, scoped in FlowView flow)
        {
            report.BeginObject();
            report.Text("event", Kinds.First(k => k.Kind == kind).Name);
            FlowFields.Write(report, flow);
            report.EndObject();
            report.Flush();
        }

        public void Overrun()
        {
            // Events were lost here: what follows is whole again.
            report.BeginObject();
            report.Flag("overrun", true);
            report.EndObject();
            report.Flush();
        }
    }
}
