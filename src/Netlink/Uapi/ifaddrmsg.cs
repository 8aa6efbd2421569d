using System.Runtime.InteropServices;

namespace VffNetlink.Uapi;

/// <summary><c>struct ifaddrmsg</c> of <c>linux/if_addr.h</c>: the fixed header of address messages.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct ifaddrmsg
{
    /// <summary>AF_INET or AF_INET6.</summary>
    public byte ifa_family;

    /// <summary>Length of the prefix in bits.</summary>
    public byte ifa_prefixlen;

    /// <summary>The low eight flags; all of them are in IFA_FLAGS.</summary>
    public byte ifa_flags;

    /// <summary>RT_SCOPE_*.</summary>
    public byte ifa_scope;

    /// <summary>The link's index.</summary>
    public uint ifa_index;
}
