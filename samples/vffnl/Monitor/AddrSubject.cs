using VffNetlink;
using VffNetlink.Route;
using VffNetlink.Uapi;
using Vffnl.Route;

namespace Vffnl.Monitor;

/// <summary>Addresses.</summary>
internal sealed class AddrSubject : Subject
{
    /// <inheritdoc/>
    public override string Name => "addr";

    /// <inheritdoc/>
    public override string Description => "addresses";

    /// <inheritdoc/>
    public override IEnumerable<uint> Groups(InetFamily family)
    {
        if (family != InetFamily.IPv6)
            yield return (uint)RTNLGRP.RTNLGRP_IPV4_IFADDR;
        if (family != InetFamily.IPv4)
            yield return (uint)RTNLGRP.RTNLGRP_IPV6_IFADDR;
    }

    /// <inheritdoc/>
    public override Change? Read(scoped in NetlinkMessage message, InetFamily family)
    {
        if (!AddressView.TryRead(message, out var view) || view.ToRecord() is not { } address)
            return null;
        return new Change(view.IsRemoval, (report, links) =>
        {
            report.Number("index", address.LinkIndex);
            report.Text("dev", links.NameOf(address.LinkIndex));
            AddressFields.Write(report, address);
        });
    }
}
