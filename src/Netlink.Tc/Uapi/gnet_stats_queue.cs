using System.Runtime.InteropServices;

namespace VffNetlink.Tc.Uapi;

/// <summary><c>struct gnet_stats_queue</c> of <c>linux/gen_stats.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct gnet_stats_queue
{
    /// <summary>Packets queued.</summary>
    public uint qlen;

    /// <summary>Bytes queued.</summary>
    public uint backlog;

    /// <summary>Packets dropped.</summary>
    public uint drops;

    /// <summary>Packets that the device gave back.</summary>
    public uint requeues;

    /// <summary>Times that sending had to wait.</summary>
    public uint overlimits;
}
