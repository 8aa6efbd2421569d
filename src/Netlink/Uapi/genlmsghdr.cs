using System.Runtime.InteropServices;

namespace VffNetlink.Uapi;

/// <summary><c>struct genlmsghdr</c> of <c>linux/genetlink.h</c>: the fixed header of every message of generic netlink.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct genlmsghdr
{
    /// <summary>The family's command.</summary>
    public byte cmd;

    /// <summary>The family's version.</summary>
    public byte version;

    /// <summary>0.</summary>
    public ushort reserved;
}
