using VffNetlink;
using VffNetlink.Route;
using VffNetlink.Uapi;
using Vffnl.Route;

namespace Vffnl.Monitor;

/// <summary>Links.</summary>
internal sealed class LinkSubject : Subject
{
    /// <inheritdoc/>
    public override string Name => "link";

    /// <inheritdoc/>
    public override string Description => "links";

    /// <inheritdoc/>
    public override IEnumerable<uint> Groups(InetFamily family) => [(uint)RTNLGRP.RTNLGRP_LINK];

    /// <inheritdoc/>
    public override Change? Read(scoped in NetlinkMessage message, InetFamily family)
    {
        // Of another family, a bridge tells of its ports: such a removal is none of a link.
        if (!LinkView.TryRead(message, out var view) || view.Family != 0)
            return null;
        var link = view.ToRecord();
        return new Change(view.IsRemoval, (report, links) => LinkFields.Write(report, link, links, LinkForm.Link));
    }
}
