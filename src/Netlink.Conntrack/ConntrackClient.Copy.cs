namespace VffNetlink.Conntrack;

/// <content>Making the flows of one namespace again in another one.</content>
public sealed partial class ConntrackClient
{
    /// <summary>Flows that are made by one batch while the dump waits.</summary>
    private const int CopyBatch = 512;

    /// <summary>What a flow gets that has no timeout because a flow table keeps it: as long as tables keep one by default.</summary>
    private static readonly TimeSpan OffloadedTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Makes every flow that a filter wants again in another namespace. Memory does not grow with the table, but for flows that others expected.</summary>
    /// <param name="target">Its client.</param>
    /// <param name="filter">Which flows.</param>
    /// <param name="refusals">Has each flow that the target refused.</param>
    /// <remarks>
    /// Everything is copied that a flow can be made of: tuples with their zones, status, what is left of the timeout, mark, the transport's state, helper, translation, adjustment,
    /// SYN proxy, and labels where a rule of the target uses labels. Ids, use counts, counters, timestamps and security contexts are the kernel's own. Flows that
    /// others expected come last, since they need their masters.
    /// </remarks>
    /// <exception cref="NetlinkException">The dump was refused, or a socket failed; what was copied until then stays.</exception>
    public FlowCopy CopyTo<TSink>(ConntrackClient target, in FlowFilter filter, ref TSink refusals)
        where TSink : struct, IFlowCopySink
    {
        ArgumentNullException.ThrowIfNull(target);
        if (target == this)
            throw new ArgumentException("Flows are copied to another client, not to the one that dumps them.", nameof(target));
        var copier = new Copier<TSink>(target, ref refusals);
        if (!TryDump(filter, ref copier, out var error) && error.Number != Errno.EINTR)
            throw Refused(error, filter);
        return copier.Finish();
    }

    /// <summary>Makes every flow that a filter wants again in another namespace, whatever it refuses.</summary>
    /// <param name="target">Its client.</param>
    /// <param name="filter">Which flows.</param>
    /// <exception cref="NetlinkException">The dump was refused, or a socket failed; what was copied until then stays.</exception>
    public FlowCopy CopyTo(ConntrackClient target, in FlowFilter filter = default)
    {
        var ignore = default(NoRefusals);
        return CopyTo(target, filter, ref ignore);
    }

    private readonly struct NoRefusals : IFlowCopySink
    {
        public void Refused(Flow flow, in NetlinkError error)
        {
        }
    }

    /// <summary>Collects flows and makes them in batches.</summary>
    private ref struct Copier<TSink>(ConntrackClient target, ref TSink refusals) : IFlowSink
        where TSink : struct, IFlowCopySink
    {
        private readonly ref TSink _refusals = ref refusals;
        private readonly NetlinkBatch _batch = new();
        private readonly List<Flow> _flows = new(CopyBatch);
        private readonly List<Flow> _expected = [];
        private FlowCopy _result;
        private bool _hasLooked;

        public void Flow(scoped in FlowView view)
        {
            var flow = view.ToFlow();
            flow = flow.Timeout is null ? flow with { Timeout = OffloadedTimeout } : flow;
            if (flow.Master is not null)
                _expected.Add(flow);
            else
                Add(flow, default);
        }

        public FlowCopy Finish()
        {
            Send(default);
            // Masters may be expected themselves: as long as some find theirs, others may.
            for (var left = _expected; left.Count > 0;)
            {
                var orphans = new List<Flow>();
                foreach (var flow in left)
                    Add(flow, orphans);
                Send(orphans);
                if (orphans.Count == left.Count)
                {
                    Refuse(orphans);
                    break;
                }

                left = orphans;
            }

            return _result;
        }

        private void Add(Flow flow, List<Flow>? orphans)
        {
            _batch.CreateFlow(HalfOpenScale.Lend(flow));
            _flows.Add(flow);
            if (_batch.Count == CopyBatch)
                Send(orphans);
        }

        /// <param name="orphans">Where flows go whose masters are missing; null: they are refused.</param>
        private void Send(List<Flow>? orphans)
        {
            if (_batch.Count == 0)
                return;
            var results = new CreationResults(new NetlinkError?[_batch.Count]);
            target.Send(_batch, ref results);
            for (var i = 0; i < _flows.Count; i++)
            {
                var error = results.Errors[i];
                if (error is null && Completion(_flows[i]) is { } change && !target.TryUpdate(_flows[i].Original, change, out var refusal) && refusal.Number != Errno.ENOENT)
                    error = refusal;
                if (error is null)
                    Made(_flows[i]);
                else if (orphans is not null && error.Value.Number == Errno.ENOENT)
                    orphans.Add(_flows[i]);
                else
                    Refuse(_flows[i], error.Value);
            }

            _batch.Clear();
            _flows.Clear();
        }

        /// <summary>What makes the flow that was made the one that was meant; null: it is that already.</summary>
        private static FlowChange? Completion(Flow flow)
        {
            var change = HalfOpenScale.TakeBack(flow);
            // What a helper keeps with a flow the kernel takes with a change alone.
            return flow.Helper is { Info.IsEmpty: false } helper ? (change ?? default) with { Helper = helper } : change;
        }

        private void Made(Flow flow)
        {
            _result = _result with { Copied = _result.Copied + 1 };
            if (_hasLooked || flow.Labels is null || flow.Labels == default(ConntrackLabels) || target.Find(flow.Original) is not { } copy)
                return;
            _hasLooked = true;
            _result = _result with { LabelsLost = copy.Labels != flow.Labels };
        }

        private void Refuse(List<Flow> orphans)
        {
            foreach (var flow in orphans)
                Refuse(flow, new NetlinkError(Errno.ENOENT) { Message = $"the flow that expected it is not there: {flow.Master}" });
        }

        private void Refuse(Flow flow, in NetlinkError error)
        {
            _result = _result with { Refused = _result.Refused + 1 };
            _refusals.Refused(flow, error);
        }
    }

    private readonly struct CreationResults(NetlinkError?[] errors) : IBatchSink
    {
        public NetlinkError?[] Errors { get; } = errors;

        public void Reply(int index, scoped in NetlinkMessage message)
        {
        }

        public void Refused(int index, in NetlinkError error) => Errors[index] = error;
    }
}
