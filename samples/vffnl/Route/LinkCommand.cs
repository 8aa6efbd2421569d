using System.CommandLine;
using VffNetlink;
using VffNetlink.Route;
using VffNetlink.Uapi;
using Vffnl.Cli;
using Vffnl.Names;
using Vffnl.Output;

namespace Vffnl.Route;

/// <summary><c>vffnl link show</c>.</summary>
internal static class LinkCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal) => ShowCommands.Create(
        terminal, "link", "links: interfaces, real and virtual", "Links have no family: all are shown, as ip does.", Show);

    private static void Show(RouteClient client, InetFamily family, Report report)
    {
        var links = client.GetLinks(new LinkFilter { Extra = RTEXT_FILTER.RTEXT_FILTER_VF });
        var directory = new LinkDirectory(client, links);
        foreach (var link in links)
        {
            report.BeginObject();
            LinkFields.Write(report, link, directory, LinkForm.Link);
            report.EndObject();
        }
    }
}
