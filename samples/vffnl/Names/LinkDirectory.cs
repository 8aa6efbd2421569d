using System.Globalization;
using VffNetlink;
using VffNetlink.Route;
using VffNetlink.Uapi;

namespace Vffnl.Names;

/// <summary>The links of the namespace by their indices: what other objects call by number, people know by name.</summary>
internal sealed class LinkDirectory
{
    private readonly RouteClient _client;
    private readonly Dictionary<int, Link> _links = [];

    /// <summary>Asks for all links.</summary>
    public LinkDirectory(RouteClient client)
        : this(client, client.GetLinks())
    {
    }

    /// <param name="client">Asked for a link that is not known yet.</param>
    /// <param name="links">What is known.</param>
    public LinkDirectory(RouteClient client, IEnumerable<Link> links)
    {
        _client = client;
        foreach (var link in links)
            Set(link);
    }

    /// <summary>The link's name, or <c>if</c> and its index where there is none.</summary>
    public string NameOf(int index) => index == 0 ? "*" : Find(index)?.Name ?? string.Create(CultureInfo.InvariantCulture, $"if{index}");

    /// <summary>Whether there is such a link, and it is down.</summary>
    public bool IsDown(int index) => Find(index) is { } link && (link.Flags & IFF.IFF_UP) == 0;

    /// <summary>Its ARPHRD_*; 0 where there is no such link.</summary>
    public ushort TypeOf(int index) => Find(index)?.HardwareType ?? 0;

    /// <summary>Takes note of a link that a notification tells of. One that is gone stays known: later ones may still name it.</summary>
    public void Learn(scoped in NetlinkMessage message)
    {
        if (LinkView.TryRead(message, out var view) && view.Family == 0)
            Set(view.ToRecord());
    }

    private void Set(Link link) => _links[link.Index] = link;

    private Link? Find(int index)
    {
        if (!_links.TryGetValue(index, out var link) && _client.FindLink(index) is { } found)
            Set(link = found);
        return link;
    }
}
