using VffNetlink.Route;
using VffNetlink.Uapi;

namespace VffNetlink.Events;

/// <summary>
/// The links of a namespace, by index. What moves without a notification does not count as a change: statistics, counts of listeners, the root
/// qdisc's kind, a bridge's timers. Nor does the kernel tell of an alias while the link is down.
/// </summary>
public sealed class LinkTable : WatchedTable<int, Link>
{
    /// <inheritdoc/>
    public override NETLINK Protocol => NETLINK.NETLINK_ROUTE;

    /// <inheritdoc/>
    public override IReadOnlyList<uint> Groups { get; } = [(uint)RTNLGRP.RTNLGRP_LINK];

    /// <inheritdoc/>
    public override IReadOnlyList<Link> Dump(NetlinkSocket socket, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(socket);
        Span<byte> buffer = stackalloc byte[64];
        var message = MessageWriter.Begin(buffer, (ushort)RTM.RTM_GETLINK, NLM_F.NLM_F_DUMP);
        message.PutHeader<ifinfomsg, IFLA>(default);
        return socket.Dump(message.Message, null, "RTM_GETLINK", static (scoped in NetlinkMessage m) => Link.Read(m), limit: cancellation);
    }

    /// <inheritdoc/>
    public override TableEvent Read(scoped in NetlinkMessage message, out Link? value)
    {
        value = null;
        if ((RTM)message.Type is not (RTM.RTM_NEWLINK or RTM.RTM_DELLINK))
            return TableEvent.None;
        value = Link.Read(message);
        // Of another family, it is a bridge or IPv6 that speaks, of what the link is to them.
        if (value.Family != 0)
            return TableEvent.None;
        return (RTM)message.Type == RTM.RTM_NEWLINK ? TableEvent.Set : TableEvent.Removed;
    }

    /// <inheritdoc/>
    public override int KeyOf(Link value) => value.Index;

    /// <inheritdoc/>
    public override bool AreEqual(Link one, Link other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return one.AlternativeNames.SequenceEqual(other.AlternativeNames) && Comparable(one) == Comparable(other);
    }

    private static Link Comparable(Link link) => link with
    {
        AlternativeNames = [],
        Qdisc = null,
        Statistics = null,
        Promiscuity = null,
        AllMulticast = null,
        Event = null,
        KindData = link.Kind == "bridge" ? null : link.KindData,
        SlaveData = link.SlaveKind == "bridge" ? null : link.SlaveData,
        Other = default,
    };
}
