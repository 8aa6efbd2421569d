using System.CommandLine;
using VffNetlink;
using VffNetlink.Route;
using Vffnl.Cli;
using Vffnl.Names;
using Vffnl.Output;

namespace Vffnl.Route;

/// <summary><c>vffnl neigh show</c>: who is known behind which link-layer address.</summary>
internal static class NeighCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal) => ShowCommands.Create(
        terminal, "neigh", "neighbours: who answers to which link-layer address", "Neighbours of this family alone.", Show);

    private static void Show(RouteClient client, InetFamily family, Report report)
    {
        var links = new LinkDirectory(client);
        foreach (var neighbour in client.GetNeighbours(new NeighbourFilter { Family = (byte)family }))
        {
            if (!NeighbourFields.IsShown(neighbour))
                continue;
            report.BeginObject();
            NeighbourFields.Write(report, neighbour, links);
            report.EndObject();
        }
    }
}
