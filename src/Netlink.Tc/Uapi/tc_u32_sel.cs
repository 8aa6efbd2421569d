using System.Runtime.InteropServices;

namespace VffNetlink.Tc.Uapi;

/// <summary><c>struct tc_u32_sel</c> of <c>linux/pkt_cls.h</c>: how many keys follow, and where a linked table goes on.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct tc_u32_sel
{
    /// <summary>What to do where all keys match.</summary>
    public TC_U32 flags;

    /// <summary>The offset that is read is shifted right by this.</summary>
    public byte offshift;

    /// <summary>Keys that follow.</summary>
    public byte nkeys;

    /// <summary>Padding.</summary>
    public byte __pad;

    /// <summary>Network byte order: the bits of the offset that is read.</summary>
    public ushort offmask;

    /// <summary>A fixed offset to go on at.</summary>
    public ushort off;

    /// <summary>Where the offset is read from.</summary>
    public short offoff;

    /// <summary>Where the hash key is read from.</summary>
    public short hoff;

    /// <summary>Network byte order: the bits of the hash key.</summary>
    public uint hmask;
}
