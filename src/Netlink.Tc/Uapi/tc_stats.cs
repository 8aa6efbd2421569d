using System.Runtime.InteropServices;

namespace VffNetlink.Tc.Uapi;

/// <summary><c>struct tc_stats</c> of <c>linux/pkt_sched.h</c>: statistics as they were before <c>TCA_STATS2</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct tc_stats
{
    /// <summary>Bytes.</summary>
    public ulong bytes;

    /// <summary>Packets.</summary>
    public uint packets;

    /// <summary>Packets dropped.</summary>
    public uint drops;

    /// <summary>Times that sending had to wait.</summary>
    public uint overlimits;

    /// <summary>Bytes per second, where an estimator runs.</summary>
    public uint bps;

    /// <summary>Packets per second, where an estimator runs.</summary>
    public uint pps;

    /// <summary>Packets queued.</summary>
    public uint qlen;

    /// <summary>Bytes queued.</summary>
    public uint backlog;
}
