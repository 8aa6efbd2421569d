namespace VffNetlink.Uapi;

/// <summary><c>IN6_ADDR_GEN_MODE_*</c> of <c>linux/if_link.h</c>: how IPv6 addresses are made.</summary>
public enum IN6_ADDR_GEN_MODE : byte
{
    /// <summary>From the link-layer address.</summary>
    IN6_ADDR_GEN_MODE_EUI64,

    /// <summary>Not at all.</summary>
    IN6_ADDR_GEN_MODE_NONE,

    /// <summary>By a hash with a secret.</summary>
    IN6_ADDR_GEN_MODE_STABLE_PRIVACY,

    /// <summary>By a hash with a random secret.</summary>
    IN6_ADDR_GEN_MODE_RANDOM,
}
