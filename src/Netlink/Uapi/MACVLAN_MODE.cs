namespace VffNetlink.Uapi;

/// <summary><c>MACVLAN_MODE_*</c> of <c>linux/if_link.h</c>: who talks to whom.</summary>
[Flags]
public enum MACVLAN_MODE : uint
{
    /// <summary>Not said.</summary>
    NONE = 0,

    /// <summary>Nobody to another one of the same link.</summary>
    MACVLAN_MODE_PRIVATE = 1,

    /// <summary>By way of the switch outside.</summary>
    MACVLAN_MODE_VEPA = 2,

    /// <summary>Directly.</summary>
    MACVLAN_MODE_BRIDGE = 4,

    /// <summary>Takes the whole link.</summary>
    MACVLAN_MODE_PASSTHRU = 8,

    /// <summary>Only with listed source addresses.</summary>
    MACVLAN_MODE_SOURCE = 16,
}
