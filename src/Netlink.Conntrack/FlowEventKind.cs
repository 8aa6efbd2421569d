using VffNetlink.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>What happened to a flow; together, what a subscriber wants to hear of.</summary>
[Flags]
public enum FlowEventKind
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It was made, and its first packet left the host (<see cref="NFNLGRP.NFNLGRP_CONNTRACK_NEW"/>).</summary>
    New = 1,

    /// <summary>Its status, transport state, mark, labels or helper changed (<see cref="NFNLGRP.NFNLGRP_CONNTRACK_UPDATE"/>).</summary>
    Update = 2,

    /// <summary>It ended; its counters are final (<see cref="NFNLGRP.NFNLGRP_CONNTRACK_DESTROY"/>).</summary>
    Destroy = 4,

    /// <summary>All of these.</summary>
    All = New | Update | Destroy,
}
