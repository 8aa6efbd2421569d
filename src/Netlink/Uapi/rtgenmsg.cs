using System.Runtime.InteropServices;

namespace VffNetlink.Uapi;

/// <summary><c>struct rtgenmsg</c> of <c>linux/rtnetlink.h</c>: the fixed header of messages that need little more than a family.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct rtgenmsg
{
    /// <summary>AF_UNSPEC as a rule.</summary>
    public byte rtgen_family;
}
