using System.Runtime.InteropServices;

namespace VffNetlink.Tc.Uapi;

/// <summary><c>struct tc_tbf_qopt</c> of <c>linux/pkt_sched.h</c>: a token bucket.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct tc_tbf_qopt
{
    /// <summary>What it is held to.</summary>
    public tc_ratespec rate;

    /// <summary>What it is held to from packet to packet; rate 0: nothing.</summary>
    public tc_ratespec peakrate;

    /// <summary>Bytes that wait at most.</summary>
    public uint limit;

    /// <summary>The burst at <c>rate</c>, in ticks.</summary>
    public uint buffer;

    /// <summary>The burst at <c>peakrate</c>, in ticks.</summary>
    public uint mtu;
}
