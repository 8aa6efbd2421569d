using System.Runtime.InteropServices;

namespace VffNetlink.Uapi;

/// <summary><c>struct ndmsg</c> of <c>linux/neighbour.h</c>: the fixed header of neighbour messages.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct ndmsg
{
    /// <summary>AF_INET, AF_INET6, or AF_BRIDGE (7) for a forwarding entry.</summary>
    public byte ndm_family;

    /// <summary>Padding.</summary>
    public byte ndm_pad1;

    /// <summary>Padding.</summary>
    public ushort ndm_pad2;

    /// <summary>The link's index.</summary>
    public int ndm_ifindex;

    /// <summary>What is known.</summary>
    public NUD ndm_state;

    /// <summary>Flags.</summary>
    public NTF ndm_flags;

    /// <summary>RTN_*: unicast, multicast and so on.</summary>
    public byte ndm_type;
}
