using System.Runtime.InteropServices;

namespace VffNetlink.Uapi;

/// <summary><c>struct rtnl_link_stats64</c> of <c>linux/if_link.h</c>: the counters of a link.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct rtnl_link_stats64
{
    /// <summary>Packets received.</summary>
    public ulong rx_packets;

    /// <summary>Packets sent.</summary>
    public ulong tx_packets;

    /// <summary>Bytes received.</summary>
    public ulong rx_bytes;

    /// <summary>Bytes sent.</summary>
    public ulong tx_bytes;

    /// <summary>Bad packets received.</summary>
    public ulong rx_errors;

    /// <summary>Packets that could not be sent.</summary>
    public ulong tx_errors;

    /// <summary>Received and dropped.</summary>
    public ulong rx_dropped;

    /// <summary>Dropped before they were sent.</summary>
    public ulong tx_dropped;

    /// <summary>Multicast packets received.</summary>
    public ulong multicast;

    /// <summary>Collisions.</summary>
    public ulong collisions;

    /// <summary>Of a wrong length.</summary>
    public ulong rx_length_errors;

    /// <summary>Receive ring overflowed.</summary>
    public ulong rx_over_errors;

    /// <summary>Of a wrong checksum.</summary>
    public ulong rx_crc_errors;

    /// <summary>Not aligned.</summary>
    public ulong rx_frame_errors;

    /// <summary>Receive FIFO overran.</summary>
    public ulong rx_fifo_errors;

    /// <summary>Missed by the device.</summary>
    public ulong rx_missed_errors;

    /// <summary>Aborted.</summary>
    public ulong tx_aborted_errors;

    /// <summary>Carrier was lost.</summary>
    public ulong tx_carrier_errors;

    /// <summary>Send FIFO ran empty.</summary>
    public ulong tx_fifo_errors;

    /// <summary>Heartbeat was lost.</summary>
    public ulong tx_heartbeat_errors;

    /// <summary>Window errors.</summary>
    public ulong tx_window_errors;

    /// <summary>Compressed packets received.</summary>
    public ulong rx_compressed;

    /// <summary>Compressed packets sent.</summary>
    public ulong tx_compressed;

    /// <summary>Received with nobody to take them.</summary>
    public ulong rx_nohandler;

    /// <summary>Received for another host and dropped (Linux 5.19).</summary>
    public ulong rx_otherhost_dropped;
}
