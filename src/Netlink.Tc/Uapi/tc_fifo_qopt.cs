using System.Runtime.InteropServices;

namespace VffNetlink.Tc.Uapi;

/// <summary><c>struct tc_fifo_qopt</c> of <c>linux/pkt_sched.h</c>: a fifo.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct tc_fifo_qopt
{
    /// <summary>Bytes for bfifo, packets for pfifo.</summary>
    public uint limit;
}
