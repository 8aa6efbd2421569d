using System.Runtime.InteropServices;

namespace VffNetlink.Uapi;

/// <summary><c>struct rtmsg</c> of <c>linux/rtnetlink.h</c>: the fixed header of route messages.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct rtmsg
{
    /// <summary>AF_INET or AF_INET6.</summary>
    public byte rtm_family;

    /// <summary>Length of the destination's prefix in bits.</summary>
    public byte rtm_dst_len;

    /// <summary>Length of the source's prefix in bits.</summary>
    public byte rtm_src_len;

    /// <summary>Type of service.</summary>
    public byte rtm_tos;

    /// <summary>The table, where it is below 256; RTA_TABLE has them all.</summary>
    public byte rtm_table;

    /// <summary>RTPROT_*: who made it.</summary>
    public byte rtm_protocol;

    /// <summary>RT_SCOPE_*.</summary>
    public byte rtm_scope;

    /// <summary>RTN_*: unicast, local, blackhole and so on.</summary>
    public byte rtm_type;

    /// <summary>RTM_F_* and RTNH_F_*.</summary>
    public uint rtm_flags;
}
