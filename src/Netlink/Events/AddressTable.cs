using VffNetlink.Route;
using VffNetlink.Uapi;

namespace VffNetlink.Events;

/// <summary>The addresses of a namespace's links, of both families. That a lifetime passes does not count as a change.</summary>
public sealed class AddressTable : WatchedTable<AddressKey, LinkAddress>
{
    /// <inheritdoc/>
    public override NETLINK Protocol => NETLINK.NETLINK_ROUTE;

    /// <inheritdoc/>
    public override IReadOnlyList<uint> Groups { get; } = [(uint)RTNLGRP.RTNLGRP_IPV4_IFADDR, (uint)RTNLGRP.RTNLGRP_IPV6_IFADDR];

    /// <inheritdoc/>
    public override IReadOnlyList<LinkAddress> Dump(NetlinkSocket socket, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(socket);
        Span<byte> buffer = stackalloc byte[64];
        var message = MessageWriter.Begin(buffer, (ushort)RTM.RTM_GETADDR, NLM_F.NLM_F_DUMP);
        message.PutHeader<ifaddrmsg, IFA>(default);
        return socket.Dump(message.Message, null, "RTM_GETADDR", static (scoped in NetlinkMessage m) => LinkAddress.Read(m), limit: cancellation);
    }

    /// <inheritdoc/>
    public override TableEvent Read(scoped in NetlinkMessage message, out LinkAddress? value)
    {
        value = null;
        if ((RTM)message.Type is not (RTM.RTM_NEWADDR or RTM.RTM_DELADDR))
            return TableEvent.None;
        value = LinkAddress.Read(message);
        if (value is null)
            return TableEvent.None;
        return (RTM)message.Type == RTM.RTM_NEWADDR ? TableEvent.Set : TableEvent.Removed;
    }

    /// <inheritdoc/>
    public override AddressKey KeyOf(LinkAddress value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new AddressKey(value.LinkIndex, value.Address, value.PrefixLength, value.Peer);
    }

    /// <inheritdoc/>
    public override bool AreEqual(LinkAddress one, LinkAddress other) => Comparable(one) == Comparable(other);

    private static LinkAddress Comparable(LinkAddress address) => address with { ValidLifetime = null, PreferredLifetime = null, Other = default };
}
