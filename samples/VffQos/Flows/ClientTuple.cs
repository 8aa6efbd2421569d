using VffNetlink;
using VffNetlink.Conntrack;

namespace VffQos.Flows;

/// <summary>Which entries can be a client's.</summary>
internal static class ClientTuple
{
    /// <summary>The tuple of what the client sends, where an entry leads to a port of the node that some source names.</summary>
    /// <param name="flow">The entry. One that the node's own packet made has the client's tuple as that of the replies.</param>
    /// <param name="ports">The ports.</param>
    /// <param name="tuple">The tuple; the entry's original one where it is no client's.</param>
    public static bool TryGet(scoped in FlowView flow, IReadOnlySet<ushort> ports, out ConntrackTuple tuple)
    {
        tuple = flow.Original;
        if (tuple.Protocol is not (IpProtocol.Tcp or IpProtocol.Udp))
            return false;
        if (ports.Contains(tuple.DestinationPort))
            return true;
        var reply = flow.Reply;
        if (!ports.Contains(reply.DestinationPort))
            return false;
        tuple = reply;
        return true;
    }
}
