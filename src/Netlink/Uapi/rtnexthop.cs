using System.Runtime.InteropServices;

namespace VffNetlink.Uapi;

/// <summary><c>struct rtnexthop</c> of <c>linux/rtnetlink.h</c>: one of several next hops, followed by its attributes.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct rtnexthop
{
    /// <summary>Bytes, attributes included.</summary>
    public ushort rtnh_len;

    /// <summary>RTNH_F_*.</summary>
    public byte rtnh_flags;

    /// <summary>Its weight, less one.</summary>
    public byte rtnh_hops;

    /// <summary>The outgoing link's index.</summary>
    public int rtnh_ifindex;
}
