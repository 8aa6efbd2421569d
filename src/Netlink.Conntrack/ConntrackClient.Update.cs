namespace VffNetlink.Conntrack;

/// <content>Changing many flows.</content>
public sealed partial class ConntrackClient
{
    /// <summary>
    /// Changes every flow that a filter wants, in batches while the rest of the table is still being dumped, so that memory does not grow with the table. Each flow is compared here
    /// before it is changed.
    /// </summary>
    /// <param name="filter">Which flows; those that begin meanwhile may be among them or not.</param>
    /// <param name="change">
    /// What is to change; the rest stays. Its status is added to the one that each flow had in the dump: status bits can only be set, and a flow that got an answer
    /// in between is refused (EBUSY). A flow is named by its tuple alone: where it ended
    /// and a newer one took its tuple over in between, that one is changed.
    /// </param>
    /// <exception cref="NetlinkException">The dump was refused, or a socket failed; what was changed until then stays so.</exception>
    /// <exception cref="ArgumentException">A value of the change has no place in a message.</exception>
    /// <exception cref="InvalidOperationException">The client was made with one socket.</exception>
    public FlowUpdates UpdateAll(in FlowFilter filter, in FlowChange change)
    {
        var second = _second ?? throw new InvalidOperationException("To change flows by a filter, a client needs a second socket: while the first one dumps, the other one changes.");
        var updater = new Updater(second, change, _limit);
        var ok = TryDump(filter, ref updater, out var error);
        updater.Send();
        // A flow that was doubled was changed to the same twice; one that was missed is like one that began later.
        if (!ok && error.Number != Errno.EINTR)
            throw Refused(error, filter);
        return updater.Result;
    }

    /// <summary>Collects flows and changes them in batches.</summary>
    private struct Updater(NetlinkSocket socket, FlowChange change, WaitLimit limit) : IFlowSink
    {
        private ChangeBatches _batches = new(socket, limit);

        public readonly FlowUpdates Result => new(_batches.Matched, _batches.Done, _batches.Gone, _batches.Refused, _batches.FirstRefusal);

        public void Flow(scoped in FlowView flow)
        {
            _batches.Batch.UpdateFlow(flow.Original, change.Status is { } status ? change with { Status = status | (flow.Status ?? default) } : change);
            _batches.SendIfFull();
        }

        public void Send() => _batches.Send();
    }
}
