using System.Runtime.InteropServices;

namespace VffNetlink.Uapi;

/// <summary><c>struct rta_cacheinfo</c> of <c>linux/rtnetlink.h</c>. Times are in clock ticks (USER_HZ, 100 a second).</summary>
[StructLayout(LayoutKind.Sequential)]
public struct rta_cacheinfo
{
    /// <summary>References to it.</summary>
    public uint rta_clntref;

    /// <summary>Since it was used.</summary>
    public uint rta_lastuse;

    /// <summary>Until it goes; 0: never.</summary>
    public int rta_expires;

    /// <summary>Errno of a route that refuses.</summary>
    public uint rta_error;

    /// <summary>How often it was used.</summary>
    public uint rta_used;

    /// <summary>Of the last fragment.</summary>
    public uint rta_id;

    /// <summary>Time stamp.</summary>
    public uint rta_ts;

    /// <summary>Its age.</summary>
    public uint rta_tsage;
}
