using System.Runtime.InteropServices;

namespace VffNetlink.Uapi;

/// <summary><c>struct sock_filter</c> of <c>linux/filter.h</c>: one instruction of a classic BPF program.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct sock_filter
{
    /// <summary>What it does: <see cref="BPF"/>.</summary>
    public ushort code;

    /// <summary>Instructions to pass over where a condition holds.</summary>
    public byte jt;

    /// <summary>Instructions to pass over where it does not.</summary>
    public byte jf;

    /// <summary>The operand.</summary>
    public uint k;
}
