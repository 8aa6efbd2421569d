using System.Runtime.InteropServices;

namespace VffNetlink.Uapi;

/// <summary><c>struct ifla_vlan_flags</c> of <c>linux/if_link.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct ifla_vlan_flags
{
    /// <summary>Their values.</summary>
    public VLAN_FLAG flags;

    /// <summary>Which of them to change; all of them when the kernel tells.</summary>
    public uint mask;
}
