using System.Runtime.InteropServices;

namespace VffNetlink.Tc.Uapi;

/// <summary><c>struct tcamsg</c> of <c>linux/rtnetlink.h</c>: the fixed header of messages about actions that filters may share.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct tcamsg
{
    /// <summary>AF_UNSPEC.</summary>
    public byte tca_family;

    /// <summary>Padding.</summary>
    public byte tca__pad1;

    /// <summary>Padding.</summary>
    public ushort tca__pad2;
}
