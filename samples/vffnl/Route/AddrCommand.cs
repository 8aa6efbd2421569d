using System.CommandLine;
using VffNetlink;
using VffNetlink.Route;
using VffNetlink.Uapi;
using Vffnl.Cli;
using Vffnl.Names;
using Vffnl.Output;

namespace Vffnl.Route;

/// <summary><c>vffnl addr show</c>: links, and in each one its addresses.</summary>
internal static class AddrCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal) => ShowCommands.Create(
        terminal, "addr", "addresses, in the links that have them", "Addresses of this family alone, and the links that have such.", Show);

    private static void Show(RouteClient client, InetFamily family, Report report)
    {
        var links = client.GetLinks(new LinkFilter { Extra = RTEXT_FILTER.RTEXT_FILTER_VF });
        var directory = new LinkDirectory(client, links);
        var addresses = client.GetAddresses(new AddressFilter { Family = family }).ToLookup(static a => a.LinkIndex);
        var form = family == InetFamily.IPv6 ? LinkForm.Inet6Address : LinkForm.Address;
        foreach (var link in links)
        {
            if (family != InetFamily.Unspecified && !addresses.Contains(link.Index))
                continue;
            report.BeginObject();
            LinkFields.Write(report, link, directory, form);
            report.BeginArray("addr_info");
            foreach (var address in addresses[link.Index])
            {
                report.BeginObject();
                AddressFields.Write(report, address);
                report.EndObject();
            }

            report.EndArray();
            report.EndObject();
        }
    }
}
