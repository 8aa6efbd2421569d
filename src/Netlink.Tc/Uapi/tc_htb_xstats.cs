using System.Runtime.InteropServices;

namespace VffNetlink.Tc.Uapi;

/// <summary><c>struct tc_htb_xstats</c> of <c>linux/pkt_sched.h</c>: what htb counts per class beside bytes and packets.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct tc_htb_xstats
{
    /// <summary>Packets sent at the class's own rate.</summary>
    public uint lends;

    /// <summary>Packets sent at an ancestor's expense.</summary>
    public uint borrows;

    /// <summary>Not used since Linux 3.13.</summary>
    public uint giants;

    /// <summary>What is left of the burst, in ticks.</summary>
    public int tokens;

    /// <summary>What is left of the ceil's burst, in ticks.</summary>
    public int ctokens;
}
