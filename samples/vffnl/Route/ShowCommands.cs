using System.CommandLine;
using VffNetlink;
using VffNetlink.Route;
using Vffnl.Cli;
using Vffnl.Output;

namespace Vffnl.Route;

/// <summary>What the commands that show rtnetlink's objects have in common.</summary>
internal static class ShowCommands
{
    /// <summary>Tells the objects of one family, or of all.</summary>
    public delegate void Shower(RouteClient client, InetFamily family, Report report);

    /// <summary>A command with the subcommand <c>show</c>.</summary>
    /// <param name="terminal">Where the output goes.</param>
    /// <param name="name">The object's.</param>
    /// <param name="description">What the objects are.</param>
    /// <param name="families">What <c>--family</c> does.</param>
    /// <param name="show">Tells the objects.</param>
    public static Command Create(Terminal terminal, string name, string description, string families, Shower show)
    {
        var json = Options.Json();
        var family = Options.Family(families);
        var command = new Command("show", $"Shows {description}.") { json, family };
        command.SetAction(parsed =>
        {
            using var ns = Target.Open(parsed);
            using var client = RouteClient.Open(Target.Socket(ns));
            Reports.Write(terminal.Output, parsed.GetValue(json), report => show(client, parsed.GetValue(family), report));
        });
        return new Command(name, $"{char.ToUpperInvariant(description[0])}{description[1..]}.") { command };
    }
}
