using System.CommandLine;
using VffNetlink;
using VffNetlink.Route;
using Vffnl.Cli;
using Vffnl.Output;

namespace Vffnl.Route;

/// <summary><c>vffnl rule show</c>: which packets are looked up in which routing table.</summary>
internal static class RuleCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal) => ShowCommands.Create(
        terminal, "rule", "rules: which packets look into which routing table", "Rules of this family; without it, those of IPv4, as ip does.", Show);

    private static void Show(RouteClient client, InetFamily family, Report report)
    {
        foreach (var rule in client.GetRules(family == InetFamily.Unspecified ? InetFamily.IPv4 : family))
        {
            report.BeginObject();
            RuleFields.Write(report, rule);
            report.EndObject();
        }
    }
}
