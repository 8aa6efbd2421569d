namespace VffNetlink.Uapi;

/// <summary><c>RTN_*</c> of <c>linux/rtnetlink.h</c>: the types of routes.</summary>
public enum RTN : byte
{
    /// <summary>Not said.</summary>
    RTN_UNSPEC,

    /// <summary>To a gateway or link.</summary>
    RTN_UNICAST,

    /// <summary>To this host.</summary>
    RTN_LOCAL,

    /// <summary>Accepted here as broadcast, sent as broadcast.</summary>
    RTN_BROADCAST,

    /// <summary>Accepted here as broadcast, sent as unicast.</summary>
    RTN_ANYCAST,

    /// <summary>Multicast.</summary>
    RTN_MULTICAST,

    /// <summary>Dropped silently.</summary>
    RTN_BLACKHOLE,

    /// <summary>Dropped; the sender is told that it is unreachable.</summary>
    RTN_UNREACHABLE,

    /// <summary>Dropped; the sender is told that it is prohibited.</summary>
    RTN_PROHIBIT,

    /// <summary>Not in this table: go on with the next rule.</summary>
    RTN_THROW,

    /// <summary>Not used.</summary>
    RTN_NAT,

    /// <summary>Not used.</summary>
    RTN_XRESOLVE,
}
