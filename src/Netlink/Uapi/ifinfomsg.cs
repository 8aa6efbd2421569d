using System.Runtime.InteropServices;

namespace VffNetlink.Uapi;

/// <summary><c>struct ifinfomsg</c> of <c>linux/rtnetlink.h</c>: the fixed header of link messages.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct ifinfomsg
{
    /// <summary>AF_UNSPEC as a rule.</summary>
    public byte ifi_family;

    /// <summary>Padding.</summary>
    public byte __ifi_pad;

    /// <summary>ARPHRD_*.</summary>
    public ushort ifi_type;

    /// <summary>The link's index.</summary>
    public int ifi_index;

    /// <summary>IFF_*.</summary>
    public IFF ifi_flags;

    /// <summary>Which of <see cref="ifi_flags"/> to change.</summary>
    public IFF ifi_change;
}
