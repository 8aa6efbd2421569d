namespace VffNetlink.Conntrack;

/// <summary>
/// The window scales of a TCP connection whose answer is still on its way. The kernel takes scales of a flow only where both directions have
/// <see cref="TcpFlags.WindowScale"/>, and without its scale a copy would take the connection's windows for smaller than they are: the flag is lent to the side that lacks
/// it, and taken back once the flow is there.
/// </summary>
internal static class HalfOpenScale
{
    /// <summary>The flow to ask for: the same, or with flags that are lent.</summary>
    public static Flow Lend(Flow flow) => flow.Tcp is { } tcp && IsNeeded(tcp)
        ? flow with { Tcp = tcp with { OriginalFlags = (tcp.OriginalFlags ?? 0) | TcpFlags.WindowScale, ReplyFlags = (tcp.ReplyFlags ?? 0) | TcpFlags.WindowScale } }
        : flow;

    /// <summary>What makes the flow that was asked for the one that was meant; null: it is that already.</summary>
    public static FlowChange? TakeBack(Flow flow) => flow.Tcp is { } tcp && IsNeeded(tcp)
        ? new FlowChange
        {
            Tcp = new TcpTracking
            {
                OriginalFlags = (tcp.OriginalFlags ?? 0) & TcpFlags.WindowScale,
                OriginalFlagsMask = TcpFlags.WindowScale,
                ReplyFlags = (tcp.ReplyFlags ?? 0) & TcpFlags.WindowScale,
                ReplyFlagsMask = TcpFlags.WindowScale,
            },
        }
        : null;

    private static bool IsNeeded(in TcpTracking tcp) =>
        ((tcp.OriginalWindowScale ?? 0) | (tcp.ReplyWindowScale ?? 0)) != 0 && ((tcp.OriginalFlags ?? 0) & (tcp.ReplyFlags ?? 0) & TcpFlags.WindowScale) == 0;
}
