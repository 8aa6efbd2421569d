namespace VffNetlink.Events;

/// <summary>How a stream of events is opened.</summary>
public sealed record NetlinkEventStreamOptions
{
    /// <summary>The socket: its namespace, and the kernel's receive buffer, which holds what the stream cannot take.</summary>
    public NetlinkSocketOptions Socket { get; init; } = new() { ReceiveBuffer = 4 << 20, SendBuffer = null };

    /// <summary>
    /// Bytes of notifications that the stream holds for its consumer. Beyond them the kernel's buffer fills up, and beyond that one there is an
    /// overrun. At least 4,096.
    /// </summary>
    public int Capacity { get; init; } = 1 << 20;
}
