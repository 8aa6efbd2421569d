using VffNetlink;
using VffNetlink.Route;
using VffNetlink.Uapi;
using Vffnl.Route;

namespace Vffnl.Monitor;

/// <summary>Neighbours of both families, and the entries of forwarding tables.</summary>
internal sealed class NeighSubject : Subject
{
    /// <inheritdoc/>
    public override string Name => "neigh";

    /// <inheritdoc/>
    public override string Description => "neighbours and forwarding entries";

    /// <inheritdoc/>
    public override IEnumerable<uint> Groups(InetFamily family) => [(uint)RTNLGRP.RTNLGRP_NEIGH];

    /// <inheritdoc/>
    public override Change? Read(scoped in NetlinkMessage message, InetFamily family)
    {
        // One group tells of all families.
        if (!NeighbourView.TryRead(message, out var view) || (family != InetFamily.Unspecified && view.Family != (byte)family))
            return null;
        var neighbour = view.ToRecord();
        return new Change(view.IsRemoval, (report, links) => NeighbourFields.Write(report, neighbour, links));
    }
}
