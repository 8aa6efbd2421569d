namespace VffNetlink.Conntrack.Tests;

/// <summary>Captured bytes as messages.</summary>
internal static class Messages
{
    public delegate void Reader(scoped in NetlinkMessage message);

    /// <summary>Hands the messages of a datagram to a reader.</summary>
    public static void Each(ReadOnlySpan<byte> datagram, Reader read)
    {
        foreach (var message in new MessageReader(datagram))
            read(message);
    }

    /// <summary>The only flow of a datagram, as a copy.</summary>
    public static Flow Flow(ReadOnlySpan<byte> datagram)
    {
        Flow? flow = null;
        Each(datagram, (scoped in NetlinkMessage message) => flow = FlowView.Read(message).ToFlow());
        return flow!;
    }
}
