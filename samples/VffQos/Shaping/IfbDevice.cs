using VffNetlink;
using VffNetlink.Route;

namespace VffQos.Shaping;

/// <summary>The device that packets on their way up pass, so that their rate can be limited before the node has seen them.</summary>
/// <param name="kernel">The clients.</param>
internal sealed class IfbDevice(KernelClients kernel)
{
    /// <summary>
    /// The name that it is made under: it is known to be ours by its alias, which the kernel takes only once it is there. Whatever bears this
    /// name was left by a death in between.
    /// </summary>
    public const string NewName = "vffqos-new";

    private const string Kind = "ifb";

    /// <summary>Packets in its transmit queue: an IFB's own 32 are a pfifo of 32 packets for whatever has no leaf of ours.</summary>
    private const uint QueueLength = 1000;

    /// <summary>Whether a device is one of ours.</summary>
    public static bool IsOurs(Link link) => link.Kind == Kind && (link.Alias == Ours.Alias || (link.Name == NewName && string.IsNullOrEmpty(link.Alias)));

    /// <summary>Whether a device is ours, up, and called as the policy wants.</summary>
    public static bool IsReady(Link? link, string name) => link is not null && IsOurs(link) && link.Name == name && link.IsUp;

    /// <summary>The device of a name.</summary>
    /// <returns>Null where there is none.</returns>
    /// <exception cref="ShapingException">There is one that is not ours.</exception>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Link? Find(string name)
    {
        var link = kernel.Route.FindLink(name);
        return link is null || IsOurs(link) ? link : throw new ShapingException(
            $"The device \"{name}\" is there and is not an IFB that vffqos made (alias \"{Ours.Alias}\"); remove it or name another in the configuration (\"ifb\").");
    }

    /// <summary>Makes the device where it is missing, and sets it right.</summary>
    /// <returns>The device; null where a plan would make it.</returns>
    /// <exception cref="ShapingException">Something that is not ours has the name.</exception>
    /// <exception cref="NetlinkException">The kernel refused, or lacks the kind.</exception>
    public Link? Converge(string name, ChangeLog changes)
    {
        var link = Find(name);
        if (link is null)
        {
            if (!changes.Carry($"ip link add {name} txqueuelen {QueueLength} type {Kind}; ip link set dev {name} alias {Ours.Alias} up"))
                return null;
            link = Make(name);
        }

        if (link.TxQueueLength != QueueLength && changes.Carry($"ip link set dev {name} txqueuelen {QueueLength}"))
            kernel.Route.ChangeLink(link.Index, new LinkChange { TxQueueLength = QueueLength });
        if (!link.IsUp && changes.Carry($"ip link set dev {name} up"))
            kernel.Route.ChangeLink(link.Index, new LinkChange { Up = true });
        return link;
    }

    /// <summary>Removes every device of ours but one.</summary>
    /// <param name="except">The name of the one that stays; null: none.</param>
    /// <param name="changes">Where differences go.</param>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void Remove(string? except, ChangeLog changes)
    {
        foreach (var link in kernel.Route.GetLinks())
        {
            if (!IsOurs(link) || link.Name == except || !changes.Carry($"ip link del dev {link.Name}"))
                continue;
            if (!kernel.Route.TryDeleteLink(link.Index, out var error) && error.Number != Errno.ENODEV)
                throw new NetlinkException(error, $"RTM_DELLINK {link.Name}");
        }
    }

    private Link Make(string name)
    {
        if (kernel.Route.FindLink(NewName) is { } left && IsOurs(left))
            kernel.Route.DeleteLink(left.Index);
        var link = kernel.Route.AddLink(NewName, new IfbLink(), new LinkChange { TxQueueLength = QueueLength, Alias = Ours.Alias });
        kernel.Route.ChangeLink(link.Index, new LinkChange { Name = name });
        kernel.Route.ChangeLink(link.Index, new LinkChange { Up = true });
        return kernel.Route.GetLink(name);
    }
}
