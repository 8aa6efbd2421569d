using System.Net;
using VffNetlink;

namespace VffQos.Flows;

/// <summary>
/// The node's own addresses, which a log line does not tell: each is a candidate for the flow's destination, the one that
/// worked last first.
/// </summary>
internal sealed class LocalAddresses
{
    private readonly List<InetAddress> _v4 = [];
    private readonly List<InetAddress> _v6 = [];
    private HashSet<InetAddress> _all = [];

    /// <summary>Candidates of a client's family, best first.</summary>
    public IReadOnlyList<InetAddress> For(bool isIPv6) => isIPv6 ? _v6 : _v4;

    /// <summary>Whether an address is the node's own: a container's gateway is, as which its proxy shows every client.</summary>
    public bool Contains(in InetAddress address) => _all.Contains(address);

    /// <summary>Takes the addresses as the kernel lists them now; those known before keep their order.</summary>
    public void Replace(IEnumerable<IPAddress> addresses)
    {
        var now = addresses.Where(static a => !IPAddress.IsLoopback(a)).Select(static a => new InetAddress(a)).ToHashSet();
        _all = [.. now];
        foreach (var list in (List<InetAddress>[])[_v4, _v6])
        {
            list.RemoveAll(a => !now.Contains(a));
            now.ExceptWith(list);
        }

        _v4.AddRange(now.Where(static a => a.IsIPv4));
        _v6.AddRange(now.Where(static a => a.IsIPv6));
    }

    /// <summary>A flow to this address was found: it is tried first from now on.</summary>
    public void Succeeded(in InetAddress address)
    {
        var list = address.IsIPv6 ? _v6 : _v4;
        if (list.Count < 2 || list[0] == address)
            return;
        var at = list.IndexOf(address);
        if (at <= 0)
            return;
        list.RemoveAt(at);
        list.Insert(0, address);
    }
}
