using System.Runtime.InteropServices;

namespace VffNetlink.Tc.Uapi;

/// <summary><c>struct tc_ratespec</c> of <c>linux/pkt_sched.h</c>: a rate, and how the length of a packet counts.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct tc_ratespec
{
    /// <summary>Size of a rate table's cells; no kernel since 3.8 looks at it.</summary>
    public byte cell_log;

    /// <summary>In the lower four bits.</summary>
    public TC_LINKLAYER linklayer;

    /// <summary>Bytes added to each packet.</summary>
    public ushort overhead;

    /// <summary>-1; no kernel since 3.8 looks at it.</summary>
    public short cell_align;

    /// <summary>Bytes that each packet counts at least.</summary>
    public ushort mpu;

    /// <summary>Bytes per second; all ones where a 64-bit attribute has the rate.</summary>
    public uint rate;
}
