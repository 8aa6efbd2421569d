using VffNetlink.Route;
using VffNetlink.Uapi;

namespace VffNetlink.Events;

/// <summary>The neighbours of a namespace: the entries of the ARP and the ND table whose link-layer address is, or was, known or found missing.</summary>
/// <remarks>
/// Entries that need no resolution, or wait for the first answer, come without a notification and are left out, as proxies are. Neither does the
/// kernel tell when a stale entry is used and asked again: stale, delayed and probed are the same here.
/// </remarks>
public sealed class NeighbourTable : WatchedTable<NeighbourKey, Neighbour>
{
    private const NUD Unconfirmed = NUD.NUD_STALE | NUD.NUD_DELAY | NUD.NUD_PROBE;
    private const NUD Told = Unconfirmed | NUD.NUD_REACHABLE | NUD.NUD_FAILED | NUD.NUD_PERMANENT;

    /// <inheritdoc/>
    public override NETLINK Protocol => NETLINK.NETLINK_ROUTE;

    /// <inheritdoc/>
    public override IReadOnlyList<uint> Groups { get; } = [(uint)RTNLGRP.RTNLGRP_NEIGH];

    /// <inheritdoc/>
    public override IReadOnlyList<Neighbour> Dump(NetlinkSocket socket, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(socket);
        Span<byte> buffer = stackalloc byte[64];
        var message = MessageWriter.Begin(buffer, (ushort)RTM.RTM_GETNEIGH, NLM_F.NLM_F_DUMP);
        message.PutHeader<ndmsg, NDA>(default);
        return socket.Dump(
            message.Message,
            null,
            "RTM_GETNEIGH",
            static (scoped in NetlinkMessage m) => IsAddress(m.ReadHeader<ndmsg>()) && IsTold(m.ReadHeader<ndmsg>()) ? Neighbour.Read(m) : null,
            limit: cancellation);
    }

    /// <inheritdoc/>
    public override TableEvent Read(scoped in NetlinkMessage message, out Neighbour? value)
    {
        value = null;
        if ((RTM)message.Type is not (RTM.RTM_NEWNEIGH or RTM.RTM_DELNEIGH))
            return TableEvent.None;
        var header = message.ReadHeader<ndmsg>();
        if (!IsAddress(header))
            return TableEvent.None;
        value = Neighbour.Read(message);
        return (RTM)message.Type == RTM.RTM_NEWNEIGH && IsTold(header) ? TableEvent.Set : TableEvent.Removed;
    }

    /// <inheritdoc/>
    public override NeighbourKey KeyOf(Neighbour value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new NeighbourKey(value.LinkIndex, value.Destination);
    }

    /// <inheritdoc/>
    public override bool AreEqual(Neighbour one, Neighbour other) => Comparable(one) == Comparable(other);

    private static bool IsAddress(in ndmsg header) =>
        (InetFamily)header.ndm_family is InetFamily.IPv4 or InetFamily.IPv6 && (header.ndm_flags & NTF.NTF_PROXY) == 0;

    private static bool IsTold(in ndmsg header) => (header.ndm_state & Told) != 0;

    private static Neighbour Comparable(Neighbour neighbour) => neighbour with
    {
        State = (neighbour.State & Unconfirmed) != 0 ? NUD.NUD_STALE : neighbour.State,
        CacheInfo = null,
        Probes = null,
    };
}
