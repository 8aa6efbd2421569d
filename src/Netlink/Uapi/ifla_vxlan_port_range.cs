using System.Runtime.InteropServices;

namespace VffNetlink.Uapi;

/// <summary><c>struct ifla_vxlan_port_range</c> of <c>linux/if_link.h</c>, in network byte order.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct ifla_vxlan_port_range
{
    /// <summary>The first.</summary>
    public ushort low;

    /// <summary>The last.</summary>
    public ushort high;
}
