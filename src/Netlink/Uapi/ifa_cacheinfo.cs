using System.Runtime.InteropServices;

namespace VffNetlink.Uapi;

/// <summary><c>struct ifa_cacheinfo</c> of <c>linux/if_addr.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct ifa_cacheinfo
{
    /// <summary>Seconds that it is preferred; 0xffffffff: for ever.</summary>
    public uint ifa_prefered;

    /// <summary>Seconds that it is valid; 0xffffffff: for ever.</summary>
    public uint ifa_valid;

    /// <summary>When it was added, in hundredths of a second since the system's start.</summary>
    public uint cstamp;

    /// <summary>When it was changed, in hundredths of a second since the system's start.</summary>
    public uint tstamp;
}
