using VffNetlink.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>What happened to an expectation; together, what a subscriber wants to hear of.</summary>
[Flags]
public enum ExpectationEventKind
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It was made (<see cref="NFNLGRP.NFNLGRP_CONNTRACK_EXP_NEW"/>).</summary>
    New = 1,

    /// <summary>It changed (<see cref="NFNLGRP.NFNLGRP_CONNTRACK_EXP_UPDATE"/>); no kernel is known to send that.</summary>
    Update = 2,

    /// <summary>It ended: the expected flow came, or it was given up (<see cref="NFNLGRP.NFNLGRP_CONNTRACK_EXP_DESTROY"/>).</summary>
    Destroy = 4,

    /// <summary>All of these.</summary>
    All = New | Update | Destroy,
}
