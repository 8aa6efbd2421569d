using System.CommandLine;
using VffNetlink;
using VffNetlink.Route;
using Vffnl.Cli;
using Vffnl.Names;
using Vffnl.Output;

namespace Vffnl.Route;

/// <summary><c>vffnl route show</c>: the routes of all tables.</summary>
internal static class RouteCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal) => ShowCommands.Create(
        terminal, "route", "routes, of all tables", "Routes of this family alone.", Show);

    private static void Show(RouteClient client, InetFamily family, Report report)
    {
        var links = new LinkDirectory(client);
        foreach (var route in client.GetRoutes(new RouteFilter { Family = family }))
        {
            report.BeginObject();
            RouteFields.Write(report, route, links);
            report.EndObject();
        }
    }
}
