using System.Runtime.InteropServices;

namespace VffNetlink.Uapi;

/// <summary><c>struct ifla_vlan_qos_mapping</c> of <c>linux/if_link.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct ifla_vlan_qos_mapping
{
    /// <summary>Priority of the packet, or of the tag at ingress.</summary>
    public uint from;

    /// <summary>Priority of the tag, or of the packet at ingress.</summary>
    public uint to;
}
