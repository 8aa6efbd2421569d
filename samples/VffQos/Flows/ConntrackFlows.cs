using VffNetlink;
using VffNetlink.Conntrack;

namespace VffQos.Flows;

/// <summary>The kernel's conntrack, asked in batches. For one thread.</summary>
internal sealed class ConntrackFlows : IFlowKernel, IDisposable
{
    private readonly ConntrackClient _client;
    private readonly NetlinkBatch _batch = new();
    private readonly uint _mask;
    private readonly HashSet<ushort> _ports;

    /// <summary>Opens a socket in the calling thread's network namespace.</summary>
    /// <param name="mask">The bits of marks that may change.</param>
    /// <param name="ports">The node's ports, by which a client's tuple is known.</param>
    public ConntrackFlows(uint mask, IEnumerable<ushort> ports)
    {
        _mask = mask;
        _ports = [.. ports];
        _client = ConntrackClient.Open();
    }

    /// <inheritdoc/>
    public void Find(ReadOnlySpan<ConntrackTuple> tuples, Span<FoundFlow> found)
    {
        if (tuples.IsEmpty)
            return;
        found.Clear();
        _batch.Clear();
        foreach (ref readonly var tuple in tuples)
            _batch.GetFlow(tuple);
        var sink = new FindSink(found);
        // Where answers were lost the tuples count as not found, and are asked for again.
        _client.Send(_batch, ref sink);
        ThrowIfFailed(sink.Failure, "IPCTNL_MSG_CT_GET");
    }

    /// <inheritdoc/>
    public void Mark(ReadOnlySpan<ConntrackTuple> tuples, ReadOnlySpan<uint> marks, Span<bool> done)
    {
        if (tuples.IsEmpty)
            return;
        done.Fill(true);
        _batch.Clear();
        for (var i = 0; i < tuples.Length; i++)
            _batch.SetFlowMark(tuples[i], new MaskedMark(marks[i], _mask));
        var sink = new MarkSink(done);
        if (_client.Send(_batch, ref sink).RepliesLost)
            done.Clear(); // which of them is not known: all are looked at again
        ThrowIfFailed(sink.Failure, "IPCTNL_MSG_CT_NEW");
    }

    /// <summary>Every entry, of both families, that has one of our bits in its mark, by the tuple of what the client sends.</summary>
    public IEnumerable<(ConntrackTuple Tuple, uint ConntrackId, uint Mark)> Marked()
    {
        var sink = new MarkedSink([], _mask, _ports);
        _client.Dump(default, ref sink);
        return sink.Entries;
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static void ThrowIfFailed(NetlinkError failure, string request)
    {
        if (!failure.IsSuccess)
            throw new NetlinkException(failure, request);
    }

    private ref struct FindSink(Span<FoundFlow> found) : IBatchSink
    {
        private readonly Span<FoundFlow> _found = found;

        public NetlinkError Failure { get; private set; }

        public readonly void Reply(int index, scoped in NetlinkMessage message)
        {
            var flow = FlowView.Read(message);
            // The tuple may be that of the replies: then the node's own packet came first, and the flow is the client's all the same.
            if (flow.Id is { } id)
                _found[index] = new FoundFlow(true, id, flow.Mark ?? 0);
        }

        public void Refused(int index, in NetlinkError error)
        {
            if (error.Number != Errno.ENOENT)
                Failure = error;
        }
    }

    private ref struct MarkSink(Span<bool> done) : IBatchSink
    {
        private readonly Span<bool> _done = done;

        public NetlinkError Failure { get; private set; }

        public readonly void Reply(int index, scoped in NetlinkMessage message)
        {
            // An update answers with its acknowledgement alone.
        }

        public void Refused(int index, in NetlinkError error)
        {
            _done[index] = false;
            if (error.Number != Errno.ENOENT)
                Failure = error;
        }
    }

    private readonly struct MarkedSink(List<(ConntrackTuple, uint, uint)> entries, uint mask, HashSet<ushort> ports) : IFlowSink
    {
        public List<(ConntrackTuple Tuple, uint ConntrackId, uint Mark)> Entries { get; } = entries;

        public void Flow(scoped in FlowView flow)
        {
            if (flow.Mark is not { } connectionMark || (connectionMark & mask) == 0 || flow.Id is not { } id)
                return;
            // An entry that the node's own packet made has the client's tuple as that of the replies.
            var isReversed = !ports.Contains(flow.Original.DestinationPort) && ports.Contains(flow.Reply.DestinationPort);
            Entries.Add((isReversed ? flow.Reply : flow.Original, id, connectionMark));
        }
    }
}
