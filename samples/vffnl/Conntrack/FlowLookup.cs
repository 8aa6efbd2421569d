using VffNetlink;
using VffNetlink.Conntrack;

namespace Vffnl.Conntrack;

/// <summary>Finds the one flow of a whole tuple, without a dump.</summary>
internal static class FlowLookup
{
    /// <summary>Hands the flow to a sink.</summary>
    /// <exception cref="NetlinkException">There is none, or the one that is there is not as it must be (ENOENT).</exception>
    public static void Visit<TSink>(ConntrackClient client, in ConntrackTuple tuple, in FlowFilter filter, ref TSink sink)
        where TSink : struct, IFlowSink
    {
        var batch = new NetlinkBatch();
        batch.GetFlow(tuple);
        var answer = new Answer<TSink>(filter, ref sink);
        if (client.Send(batch, ref answer).RepliesLost)
            throw new NetlinkException(new NetlinkError(Errno.ENOBUFS), $"look for {tuple}");
        if (!answer.Error.IsSuccess)
            throw new NetlinkException(answer.Error, $"look for {tuple}");
        if (!answer.IsFound)
            throw new NetlinkException(new NetlinkError(Errno.ENOENT) { Message = "the flow that is there is not as the other conditions say" }, $"look for {tuple}");
    }

    /// <summary>The flow, as far as changes need it.</summary>
    /// <exception cref="NetlinkException">There is none, or the one that is there is not as it must be (ENOENT).</exception>
    public static FlowInfo Find(ConntrackClient client, in ConntrackTuple tuple, in FlowFilter filter)
    {
        var keeper = default(Keeper);
        Visit(client, tuple, filter, ref keeper);
        return keeper.Found;
    }

    private ref struct Answer<TSink>(FlowFilter filter, ref TSink sink) : IBatchSink
        where TSink : struct, IFlowSink
    {
        private readonly ref TSink _sink = ref sink;

        public bool IsFound { get; private set; }

        public NetlinkError Error { get; private set; }

        public void Reply(int index, scoped in NetlinkMessage message)
        {
            var flow = FlowView.Read(message);
            if (!filter.Matches(flow))
                return;
            IsFound = true;
            _sink.Flow(flow);
        }

        public void Refused(int index, in NetlinkError error) => Error = error;
    }

    private struct Keeper : IFlowSink
    {
        public FlowInfo Found { get; private set; }

        public void Flow(scoped in FlowView flow) => Found = flow.ToInfo();
    }
}
