namespace VffNetlink.Uapi;

/// <summary><c>NUD_*</c> of <c>linux/neighbour.h</c>: what is known of a neighbour.</summary>
[Flags]
public enum NUD : ushort
{
    /// <summary>Nothing.</summary>
    NONE = 0,

    /// <summary>Asked for, no answer yet.</summary>
    NUD_INCOMPLETE = 0x01,

    /// <summary>Answered lately.</summary>
    NUD_REACHABLE = 0x02,

    /// <summary>Known, not confirmed lately.</summary>
    NUD_STALE = 0x04,

    /// <summary>Used while stale; asked for soon.</summary>
    NUD_DELAY = 0x08,

    /// <summary>Being asked again.</summary>
    NUD_PROBE = 0x10,

    /// <summary>Did not answer.</summary>
    NUD_FAILED = 0x20,

    /// <summary>Needs no resolution.</summary>
    NUD_NOARP = 0x40,

    /// <summary>Stays until it is removed.</summary>
    NUD_PERMANENT = 0x80,
}
