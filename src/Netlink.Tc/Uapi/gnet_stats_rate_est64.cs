using System.Runtime.InteropServices;

namespace VffNetlink.Tc.Uapi;

/// <summary><c>struct gnet_stats_rate_est64</c> of <c>linux/gen_stats.h</c>: a rate estimator's result.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct gnet_stats_rate_est64
{
    /// <summary>Bytes per second.</summary>
    public ulong bps;

    /// <summary>Packets per second.</summary>
    public ulong pps;
}
