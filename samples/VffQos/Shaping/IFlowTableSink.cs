using VffNetlink.Conntrack;

namespace VffQos.Shaping;

/// <summary>Takes the entries of a flow table one by one. A struct, so that nothing is allocated.</summary>
internal interface IFlowTableSink
{
    /// <summary>An entry.</summary>
    /// <param name="tuple">From the client to the node.</param>
    /// <param name="index">The user.</param>
    /// <param name="conntrackId">The connection that it was made for; 0 where the entry does not tell.</param>
    void Flow(in ConntrackTuple tuple, ushort index, uint conntrackId);
}
