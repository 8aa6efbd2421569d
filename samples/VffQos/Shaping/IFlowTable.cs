using VffNetlink.Conntrack;

namespace VffQos.Shaping;

/// <summary>
/// Which user a flow's packets on their way up belong to, where the data plane has to be told flow by flow. Changes are queued,
/// and are in the kernel when <see cref="Commit"/> returns. Nothing is allocated per element in steady state.
/// </summary>
internal interface IFlowTable
{
    /// <summary>Whether the data plane needs it; where not, every other member does nothing.</summary>
    bool IsNeeded { get; }

    /// <summary>Queues an entry, in place of one for the same tuple.</summary>
    /// <param name="tuple">The original direction, from the client to the node; TCP or UDP.</param>
    /// <param name="index">The user.</param>
    /// <param name="conntrackId">The id of the connection that the entry is made for; kept with it in the kernel.</param>
    void Put(in ConntrackTuple tuple, ushort index, uint conntrackId);

    /// <summary>Queues a removal; there need be no such entry.</summary>
    void Remove(in ConntrackTuple tuple);

    /// <summary>Carries out what is queued, in order.</summary>
    /// <returns>How many entries found no room.</returns>
    /// <exception cref="VffNetlink.NetlinkException">The kernel refused for another reason; what is queued stays queued.</exception>
    int Commit();

    /// <summary>
    /// Whether the kernel has lost all entries since this was last asked: somebody deleted the table, and it was made anew. Then whoever knows
    /// what they were puts them again.
    /// </summary>
    bool TakeLoss() => false;

    /// <summary>Hands every entry in the kernel to <paramref name="sink"/>; what is queued is not looked at.</summary>
    void Dump<TSink>(ref TSink sink)
        where TSink : struct, IFlowTableSink, allows ref struct;
}
