namespace VffNetlink.Tc.Uapi;

/// <summary>The message types of traffic control (<c>RTM_*</c> of <c>linux/rtnetlink.h</c>).</summary>
public enum RTM_TC : ushort
{
    /// <summary>A qdisc was made or changed, or make or change one.</summary>
    RTM_NEWQDISC = 36,

    /// <summary>A qdisc went away, or remove one.</summary>
    RTM_DELQDISC = 37,

    /// <summary>Tell about qdiscs.</summary>
    RTM_GETQDISC = 38,

    /// <summary>A class was made or changed, or make or change one.</summary>
    RTM_NEWTCLASS = 40,

    /// <summary>A class went away, or remove one.</summary>
    RTM_DELTCLASS = 41,

    /// <summary>Tell about classes.</summary>
    RTM_GETTCLASS = 42,

    /// <summary>A filter was made or changed, or make or change one.</summary>
    RTM_NEWTFILTER = 44,

    /// <summary>A filter went away, or remove one.</summary>
    RTM_DELTFILTER = 45,

    /// <summary>Tell about filters.</summary>
    RTM_GETTFILTER = 46,

    /// <summary>Make or change actions that filters may share.</summary>
    RTM_NEWACTION = 48,

    /// <summary>Remove shared actions.</summary>
    RTM_DELACTION = 49,

    /// <summary>Tell about shared actions.</summary>
    RTM_GETACTION = 50,

    /// <summary>A chain was made, or make one.</summary>
    RTM_NEWCHAIN = 100,

    /// <summary>A chain went away, or remove one.</summary>
    RTM_DELCHAIN = 101,

    /// <summary>Tell about chains.</summary>
    RTM_GETCHAIN = 102,
}
