using System.Runtime.InteropServices;

namespace VffNetlink.Tc.Uapi;

/// <summary><c>struct tc_u32_mark</c> of <c>linux/pkt_cls.h</c>: the packet mark to compare.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct tc_u32_mark
{
    /// <summary>What the mark must be.</summary>
    public uint val;

    /// <summary>The bits that count.</summary>
    public uint mask;

    /// <summary>Out only: how often it matched.</summary>
    public uint success;
}
