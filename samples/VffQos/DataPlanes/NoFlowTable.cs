using VffNetlink.Conntrack;
using VffQos.Shaping;

namespace VffQos.DataPlanes;

/// <summary>The flow table of a data plane that asks the connection itself.</summary>
internal sealed class NoFlowTable : IFlowTable
{
    /// <inheritdoc/>
    public bool IsNeeded => false;

    /// <inheritdoc/>
    public void Put(in ConntrackTuple tuple, ushort index, uint conntrackId)
    {
        // The connection's mark says it.
    }

    /// <inheritdoc/>
    public void Remove(in ConntrackTuple tuple)
    {
        // The mark goes with the connection.
    }

    /// <inheritdoc/>
    public int Commit() => 0;

    /// <inheritdoc/>
    public void Dump<TSink>(ref TSink sink)
        where TSink : struct, IFlowTableSink, allows ref struct
    {
        // There are none.
    }
}
