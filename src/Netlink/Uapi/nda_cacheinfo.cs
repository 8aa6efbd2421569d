using System.Runtime.InteropServices;

namespace VffNetlink.Uapi;

/// <summary><c>struct nda_cacheinfo</c> of <c>linux/neighbour.h</c>. Times are ages in clock ticks (USER_HZ, 100 a second).</summary>
[StructLayout(LayoutKind.Sequential)]
public struct nda_cacheinfo
{
    /// <summary>Since it was confirmed.</summary>
    public uint ndm_confirmed;

    /// <summary>Since it was used.</summary>
    public uint ndm_used;

    /// <summary>Since it was changed.</summary>
    public uint ndm_updated;

    /// <summary>References to it.</summary>
    public uint ndm_refcnt;
}
