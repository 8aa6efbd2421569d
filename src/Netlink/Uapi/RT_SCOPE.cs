namespace VffNetlink.Uapi;

/// <summary><c>RT_SCOPE_*</c> of <c>linux/rtnetlink.h</c>: how far an address or destination reaches.</summary>
public enum RT_SCOPE : byte
{
    /// <summary>Everywhere.</summary>
    RT_SCOPE_UNIVERSE = 0,

    /// <summary>This site.</summary>
    RT_SCOPE_SITE = 200,

    /// <summary>The link.</summary>
    RT_SCOPE_LINK = 253,

    /// <summary>This host.</summary>
    RT_SCOPE_HOST = 254,

    /// <summary>Nowhere.</summary>
    RT_SCOPE_NOWHERE = 255,
}
