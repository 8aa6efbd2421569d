namespace VffNetlink.Uapi;

/// <summary><c>IFF_*</c> of <c>linux/if.h</c>.</summary>
[Flags]
public enum IFF : uint
{
    /// <summary>No flag.</summary>
    NONE = 0,

    /// <summary>Administratively up.</summary>
    IFF_UP = 1 << 0,

    /// <summary>Has a broadcast address.</summary>
    IFF_BROADCAST = 1 << 1,

    /// <summary>Debugging.</summary>
    IFF_DEBUG = 1 << 2,

    /// <summary>A loopback.</summary>
    IFF_LOOPBACK = 1 << 3,

    /// <summary>Has a peer, not a network.</summary>
    IFF_POINTOPOINT = 1 << 4,

    /// <summary>No trailers.</summary>
    IFF_NOTRAILERS = 1 << 5,

    /// <summary>Operational.</summary>
    IFF_RUNNING = 1 << 6,

    /// <summary>No neighbour resolution.</summary>
    IFF_NOARP = 1 << 7,

    /// <summary>Receives everything.</summary>
    IFF_PROMISC = 1 << 8,

    /// <summary>Receives all multicast.</summary>
    IFF_ALLMULTI = 1 << 9,

    /// <summary>A bond or team.</summary>
    IFF_MASTER = 1 << 10,

    /// <summary>A bond's or team's member.</summary>
    IFF_SLAVE = 1 << 11,

    /// <summary>Multicast works.</summary>
    IFF_MULTICAST = 1 << 12,

    /// <summary>Can choose its medium.</summary>
    IFF_PORTSEL = 1 << 13,

    /// <summary>Chooses its medium itself.</summary>
    IFF_AUTOMEDIA = 1 << 14,

    /// <summary>Loses its addresses when it goes down.</summary>
    IFF_DYNAMIC = 1 << 15,

    /// <summary>The driver sees a carrier.</summary>
    IFF_LOWER_UP = 1 << 16,

    /// <summary>The driver is dormant.</summary>
    IFF_DORMANT = 1 << 17,

    /// <summary>Echoes what is sent.</summary>
    IFF_ECHO = 1 << 18,
}
