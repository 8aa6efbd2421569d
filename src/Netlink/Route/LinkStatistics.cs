using System.Runtime.InteropServices;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>What a link has counted, packets where not said otherwise (<c>IFLA_STATS64</c>).</summary>
public readonly record struct LinkStatistics
{
    /// <summary>Packets received (<c>rx_packets</c>).</summary>
    public ulong ReceivedPackets { get; init; }

    /// <summary>Packets sent (<c>tx_packets</c>).</summary>
    public ulong SentPackets { get; init; }

    /// <summary>Bytes received (<c>rx_bytes</c>).</summary>
    public ulong ReceivedBytes { get; init; }

    /// <summary>Bytes sent (<c>tx_bytes</c>).</summary>
    public ulong SentBytes { get; init; }

    /// <summary>Bad packets received (<c>rx_errors</c>).</summary>
    public ulong ReceiveErrors { get; init; }

    /// <summary>Packets that could not be sent (<c>tx_errors</c>).</summary>
    public ulong SendErrors { get; init; }

    /// <summary>Received and dropped, for want of room (<c>rx_dropped</c>).</summary>
    public ulong ReceiveDropped { get; init; }

    /// <summary>Dropped before they were sent (<c>tx_dropped</c>).</summary>
    public ulong SendDropped { get; init; }

    /// <summary>Multicast packets received (<c>multicast</c>).</summary>
    public ulong Multicast { get; init; }

    /// <summary>Collisions while sending (<c>collisions</c>).</summary>
    public ulong Collisions { get; init; }

    /// <summary>Received of a wrong length (<c>rx_length_errors</c>).</summary>
    public ulong ReceiveLengthErrors { get; init; }

    /// <summary>Received while the ring was full (<c>rx_over_errors</c>).</summary>
    public ulong ReceiveOverruns { get; init; }

    /// <summary>Received with a wrong checksum (<c>rx_crc_errors</c>).</summary>
    public ulong ReceiveChecksumErrors { get; init; }

    /// <summary>Received out of alignment (<c>rx_frame_errors</c>).</summary>
    public ulong ReceiveFrameErrors { get; init; }

    /// <summary>Received while the FIFO was full (<c>rx_fifo_errors</c>).</summary>
    public ulong ReceiveFifoErrors { get; init; }

    /// <summary>Missed by the device (<c>rx_missed_errors</c>).</summary>
    public ulong ReceiveMissed { get; init; }

    /// <summary>Aborted while being sent (<c>tx_aborted_errors</c>).</summary>
    public ulong SendAborted { get; init; }

    /// <summary>Sent without a carrier (<c>tx_carrier_errors</c>).</summary>
    public ulong SendCarrierErrors { get; init; }

    /// <summary>Sent while the FIFO ran empty (<c>tx_fifo_errors</c>).</summary>
    public ulong SendFifoErrors { get; init; }

    /// <summary>Sent without a heartbeat (<c>tx_heartbeat_errors</c>).</summary>
    public ulong SendHeartbeatErrors { get; init; }

    /// <summary>Sent with late collisions (<c>tx_window_errors</c>).</summary>
    public ulong SendWindowErrors { get; init; }

    /// <summary>Compressed packets received (<c>rx_compressed</c>).</summary>
    public ulong ReceivedCompressed { get; init; }

    /// <summary>Compressed packets sent (<c>tx_compressed</c>).</summary>
    public ulong SentCompressed { get; init; }

    /// <summary>Received with nobody to take them (<c>rx_nohandler</c>).</summary>
    public ulong ReceivedUnhandled { get; init; }

    /// <summary>Received for another host, and dropped (Linux 5.19, 0 before) (<c>rx_otherhost_dropped</c>).</summary>
    public ulong ReceivedForOthers { get; init; }

    /// <summary>Reads the payload of <c>IFLA_STATS64</c>: what a newer kernel adds is not looked at, what an older one lacks is 0.</summary>
    /// <exception cref="NetlinkFormatException">It is shorter than what every kernel sends.</exception>
    public static LinkStatistics Read(ReadOnlySpan<byte> payload)
    {
        // Up to tx_compressed: what the struct had when it came to be.
        const int Minimum = 23 * sizeof(ulong);
        if (payload.Length < Minimum)
            Throw.AttributeLength(nameof(IFLA.IFLA_STATS64), payload.Length, Minimum);
        var s = default(rtnl_link_stats64);
        var room = MemoryMarshal.AsBytes(new Span<rtnl_link_stats64>(ref s));
        payload[..Math.Min(payload.Length, room.Length)].CopyTo(room);
        return new LinkStatistics
        {
            ReceivedPackets = s.rx_packets,
            SentPackets = s.tx_packets,
            ReceivedBytes = s.rx_bytes,
            SentBytes = s.tx_bytes,
            ReceiveErrors = s.rx_errors,
            SendErrors = s.tx_errors,
            ReceiveDropped = s.rx_dropped,
            SendDropped = s.tx_dropped,
            Multicast = s.multicast,
            Collisions = s.collisions,
            ReceiveLengthErrors = s.rx_length_errors,
            ReceiveOverruns = s.rx_over_errors,
            ReceiveChecksumErrors = s.rx_crc_errors,
            ReceiveFrameErrors = s.rx_frame_errors,
            ReceiveFifoErrors = s.rx_fifo_errors,
            ReceiveMissed = s.rx_missed_errors,
            SendAborted = s.tx_aborted_errors,
            SendCarrierErrors = s.tx_carrier_errors,
            SendFifoErrors = s.tx_fifo_errors,
            SendHeartbeatErrors = s.tx_heartbeat_errors,
            SendWindowErrors = s.tx_window_errors,
            ReceivedCompressed = s.rx_compressed,
            SentCompressed = s.tx_compressed,
            ReceivedUnhandled = s.rx_nohandler,
            ReceivedForOthers = s.rx_otherhost_dropped,
        };
    }
}
