using System.Runtime.InteropServices;

namespace VffNetlink.Uapi;

/// <summary><c>struct fib_rule_hdr</c> of <c>linux/fib_rules.h</c>: the fixed header of rule messages.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct fib_rule_hdr
{
    /// <summary>AF_INET or AF_INET6.</summary>
    public byte family;

    /// <summary>Length of the destination's prefix in bits.</summary>
    public byte dst_len;

    /// <summary>Length of the source's prefix in bits.</summary>
    public byte src_len;

    /// <summary>Type of service.</summary>
    public byte tos;

    /// <summary>The table, where it is below 256; FRA_TABLE has them all.</summary>
    public byte table;

    /// <summary>Reserved.</summary>
    public byte res1;

    /// <summary>Reserved.</summary>
    public byte res2;

    /// <summary>What it does.</summary>
    public FR_ACT action;

    /// <summary>Flags.</summary>
    public FIB_RULE flags;
}
