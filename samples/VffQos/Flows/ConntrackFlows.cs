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
        _batch.Clear();
        foreach (ref readonly var tuple in tuples)
            _batch.GetFlow(tuple);
        var sink = new FindSink(found);
        // What has no answer because answers were lost is not known, and is asked for again.
        _client.Send(_batch, ref sink);
        ThrowIfFailed(sink.Failure, "IPCTNL_MSG_CT_GET");
    }

    /// <inheritdoc/>
    public void Mark(ReadOnlySpan<ConntrackTuple> tuples, ReadOnlySpan<uint> marks, Span<FlowPresence> results)
    {
        if (tuples.IsEmpty)
            return;
        _batch.Clear();
        for (var i = 0; i < tuples.Length; i++)
            _batch.SetFlowMark(tuples[i], new MaskedMark(marks[i], _mask));
        // An update answers with its acknowledgement alone: what is not refused was done.
        results.Fill(FlowPresence.Exists);
        var sink = new MarkSink(results);
        try
        {
            if (_client.Send(_batch, ref sink).RepliesLost)
                results.Replace(FlowPresence.Exists, FlowPresence.Unknown);
        }
        catch
        {
            results.Clear();
            throw;
        }

        ThrowIfFailed(sink.Failure, "IPCTNL_MSG_CT_NEW");
    }

    /// <summary>Every entry, of both families, that has one of some bits in its mark.</summary>
    /// <exception cref="NetlinkException">The kernel refused, or its table never stood still.</exception>
    public IReadOnlyList<MarkedFlow> Marked(uint bits)
    {
        var sink = new MarkedSink([], bits, _ports);
        _client.Dump(default, ref sink);
        return sink.Entries;
    }

    /// <summary>Changes marks, each under a mask of its own. A connection that ended meanwhile is passed over.</summary>
    /// <exception cref="NetlinkException">The kernel refused some.</exception>
    public void SetMarks(IEnumerable<(ConntrackTuple Tuple, MaskedMark Mark)> marks)
    {
        foreach (var slice in marks.Chunk(4096))
        {
            _batch.Clear();
            foreach (var (tuple, mark) in slice)
                _batch.SetFlowMark(tuple, mark);
            var sink = new MarkSink(new FlowPresence[slice.Length]);
            var isLost = _client.Send(_batch, ref sink).RepliesLost;
            ThrowIfFailed(isLost ? new NetlinkError(Errno.ENOBUFS) : sink.Failure, "IPCTNL_MSG_CT_NEW");
        }
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
                _found[index] = new FoundFlow(FlowPresence.Exists, id, flow.Mark ?? 0);
        }

        public void Refused(int index, in NetlinkError error)
        {
            if (error.Number == Errno.ENOENT)
                _found[index] = new FoundFlow(FlowPresence.Gone, 0, 0);
            else
                Failure = error;
        }
    }

    private ref struct MarkSink(Span<FlowPresence> results) : IBatchSink
    {
        private readonly Span<FlowPresence> _results = results;

        public NetlinkError Failure { get; private set; }

        public readonly void Reply(int index, scoped in NetlinkMessage message)
        {
        }

        public void Refused(int index, in NetlinkError error)
        {
            _results[index] = error.Number == Errno.ENOENT ? FlowPresence.Gone : FlowPresence.Unknown;
            if (error.Number != Errno.ENOENT)
                Failure = error;
        }
    }

    private readonly struct MarkedSink(List<MarkedFlow> entries, uint bits, HashSet<ushort> ports) : IFlowSink
    {
        public List<MarkedFlow> Entries { get; } = entries;

        public void Flow(scoped in FlowView flow)
        {
            if (flow.Mark is not { } mark || (mark & bits) == 0 || flow.Id is not { } id)
                return;
            var isClients = ClientTuple.TryGet(flow, ports, out var tuple);
            Entries.Add(new MarkedFlow(tuple, isClients, id, mark));
        }
    }
}
