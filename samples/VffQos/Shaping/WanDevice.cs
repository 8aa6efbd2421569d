using System.Globalization;
using VffNetlink;
using VffNetlink.Route;

namespace VffQos.Shaping;

/// <summary>The device that clients come in by, and what of it has to be put back one day.</summary>
/// <param name="kernel">The clients.</param>
/// <param name="facts">Remembers the length of its transmit queue.</param>
internal sealed class WanDevice(KernelClients kernel, ISetupFacts facts)
{
    private const string FactPrefix = "txqueuelen/";
    private const string FactList = "txqueuelen";

    /// <summary>The device that the policy means; null where there is none now.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Link? Find(ShapingPolicy policy)
    {
        if (policy.Wan is not null)
            return kernel.Route.FindLink(policy.Wan);
        return kernel.Route.FindDefaultRoute()?.OutputIndex is { } index ? kernel.Route.FindLink(index) : null;
    }

    /// <summary>The device that the policy means.</summary>
    /// <exception cref="ShapingException">There is none, or it cannot be the WAN.</exception>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Link Get(ShapingPolicy policy, QdiscCensus census)
    {
        var wan = Find(policy) ?? throw new ShapingException(policy.Wan is null
            ? "There is no default route to tell the WAN by; name the device in the configuration (\"wan\")."
            : $"The WAN \"{policy.Wan}\" does not exist.");
        if (wan.Name == policy.Ifb || IfbDevice.IsOurs(wan))
            throw new ShapingException($"\"{wan.Name}\" cannot be the WAN and the IFB.");
        if (census.RootOf(wan.Index) is { } root && root.Handle.Value != 0 && !census.HasRoot(new HtbDevice(wan.Name, wan.Index, Ours.WanRoot)))
        {
            throw new ShapingException(
                $"{wan.Name} has a root qdisc {root.Kind} {root.Handle} that vffqos did not make and cannot put back; remove it (tc qdisc del dev {wan.Name} root) or name another device in the configuration (\"wan\").");
        }

        return wan;
    }

    /// <summary>Remembers the length of the transmit queue, which the first qdisc may change, before there is any of ours.</summary>
    public void Remember(Link wan, QdiscCensus census)
    {
        var index = wan.Index.ToString(CultureInfo.InvariantCulture);
        // A fact about this very device is older than anything of ours on it; one about another that had the name is stale.
        if (census.HasRoot(new HtbDevice(wan.Name, wan.Index, Ours.WanRoot)) || facts.Get(FactPrefix + wan.Name)?.Split(' ')[0] == index)
            return;
        var names = Names();
        if (!names.Contains(wan.Name))
            facts.Set(FactList, string.Join(' ', names.Append(wan.Name)));
        facts.Set(FactPrefix + wan.Name, string.Create(CultureInfo.InvariantCulture, $"{index} {wan.TxQueueLength}"));
    }

    /// <summary>Puts the transmit queues back to the length they had.</summary>
    /// <param name="except">The device that keeps ours; null: none.</param>
    /// <param name="changes">Where differences go.</param>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void Restore(string? except, ChangeLog changes)
    {
        var names = Names();
        foreach (var name in names.Where(name => name != except))
        {
            if (facts.Get(FactPrefix + name)?.Split(' ') is [var index, var length]
                && kernel.Route.FindLink(name) is { } link
                && index == link.Index.ToString(CultureInfo.InvariantCulture)
                && uint.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var packets)
                && link.TxQueueLength != packets
                && changes.Carry($"ip link set dev {name} txqueuelen {packets}"))
            {
                kernel.Route.ChangeLink(link.Index, new LinkChange { TxQueueLength = packets });
            }

            if (!changes.IsPlan)
                facts.Set(FactPrefix + name, null);
        }

        if (names.Length == 0 || changes.IsPlan)
            return;
        var kept = string.Join(' ', names.Where(name => name == except));
        facts.Set(FactList, kept.Length == 0 ? null : kept);
    }

    /// <summary>Names of devices have no blanks.</summary>
    private string[] Names() => facts.Get(FactList)?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
}
