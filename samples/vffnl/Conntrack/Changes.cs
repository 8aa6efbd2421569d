using VffNetlink;
using Vffnl.Cli;
using Vffnl.Output;

namespace Vffnl.Conntrack;

/// <summary>What the commands that change flows have in common.</summary>
internal static class Changes
{
    /// <summary>Holds back who would change everything without having said so.</summary>
    /// <exception cref="UsageException">Neither conditions nor the wish for all flows, or both.</exception>
    public static void Check(Selection selection, bool all)
    {
        if (selection.Filter.IsEmpty && !all)
            throw new UsageException("no flow is named; --all means every one");
        if (!selection.Filter.IsEmpty && all)
            throw new UsageException("--all means every flow, and has no place beside conditions");
    }

    /// <summary>Tells how it went.</summary>
    /// <returns>The exit code.</returns>
    /// <param name="terminal">Where to.</param>
    /// <param name="isJson">In which form.</param>
    /// <param name="verb">What became of flows.</param>
    /// <param name="matched">Flows that were meant.</param>
    /// <param name="done">Those of which it became so.</param>
    /// <param name="gone">Those that had ended in between.</param>
    /// <param name="refused">Those that the kernel refused.</param>
    /// <param name="first">The first refusal.</param>
    public static int Tell(Terminal terminal, bool isJson, string verb, long matched, long done, long gone, long refused, in NetlinkError first)
    {
        Reports.One(terminal.Output, isJson, report =>
        {
            report.Number("matched", matched);
            report.Number(verb, done);
            report.Number("gone", gone);
            report.Number("refused", refused);
        });
        if (refused == 0)
            return 0;
        terminal.Complain($"{refused} of {matched} flows were refused, the first one with {first}");
        return 1;
    }
}
