using System.CommandLine;
using VffNetlink.Conntrack;
using Vffnl.Cli;

namespace Vffnl.Conntrack;

/// <summary>The options that say what is to become of flows.</summary>
internal sealed class ChangeOptions
{
    private readonly Option<MaskedMark?> _mark = Values.Option("--set-mark", "N[/M]", "The mark, or those of its bits that M has; the others stay.", Values.Mark);
    private readonly Option<uint?> _timeout = Values.Option("--set-timeout", "SECONDS", "How long until they are forgotten, from now on.", Values.Optional<uint>);
    private readonly Option<MaskedLabels?> _labels = Values.Option("--set-labels", "N,!N", "Labels to set, or (behind !) to take away; the others stay.", Values.Labels);
    private readonly Option<FlowStatus?> _status = Values.Option("--set-status", "BIT,BIT", "Status bits to set: seen_reply, assured, fixed_timeout, ...; the others stay, and none can be taken away.", Values.StatusToSet);
    private readonly Option<TcpState?> _tcp = Values.Option("--set-tcp-state", "STATE", "The state of TCP connections.", Values.TcpStateOf);
    private readonly Option<bool> _noHelper = new("--no-helper") { Description = "Takes their helper away." };

    /// <summary>Gives them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_mark, _timeout, _labels, _status, _tcp, _noHelper])
            command.Add(option);
    }

    /// <summary>What they say.</summary>
    /// <exception cref="UsageException">They say nothing.</exception>
    public FlowChange Read(ParseResult parsed)
    {
        var change = new FlowChange
        {
            Mark = parsed.GetValue(_mark),
            Timeout = parsed.GetValue(_timeout) is { } seconds ? TimeSpan.FromSeconds((long)seconds) : null,
            Labels = parsed.GetValue(_labels),
            Status = parsed.GetValue(_status),
            Tcp = parsed.GetValue(_tcp) is { } state ? new TcpTracking { State = state } : null,
            Helper = parsed.GetValue(_noHelper) ? new FlowHelper("") : null,
        };
        return change.IsEmpty ? throw new UsageException("nothing is to change: --set-mark, --set-timeout, --set-labels, --set-status, --set-tcp-state or --no-helper say what") : change;
    }
}
