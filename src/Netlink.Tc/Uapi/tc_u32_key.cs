using System.Runtime.InteropServices;

namespace VffNetlink.Tc.Uapi;

/// <summary><c>struct tc_u32_key</c> of <c>linux/pkt_cls.h</c>: 32 bits of the packet to compare.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct tc_u32_key
{
    /// <summary>Network byte order: the bits that count.</summary>
    public uint mask;

    /// <summary>Network byte order: what they must be.</summary>
    public uint val;

    /// <summary>Bytes from the network header; negative: the link header.</summary>
    public int off;

    /// <summary>-1: add the offset that was read before; 0: don't.</summary>
    public int offmask;
}
