using System.Runtime.InteropServices;

namespace VffNetlink.Tc.Uapi;

/// <summary><c>struct tc_htb_opt</c> of <c>linux/pkt_sched.h</c>: a class of htb.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct tc_htb_opt
{
    /// <summary>What the class is guaranteed.</summary>
    public tc_ratespec rate;

    /// <summary>What it may borrow up to.</summary>
    public tc_ratespec ceil;

    /// <summary>The burst at <c>rate</c>, in ticks.</summary>
    public uint buffer;

    /// <summary>The burst at <c>ceil</c>, in ticks.</summary>
    public uint cbuffer;

    /// <summary>Bytes to send before the next class has its turn; 0: derived from the rate.</summary>
    public uint quantum;

    /// <summary>Out only: 0 for a leaf.</summary>
    public uint level;

    /// <summary>0 (first) to 7.</summary>
    public uint prio;
}
