using System.Runtime.CompilerServices;
using VffNetlink.Conntrack.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Conntrack;

/// <content>Deleting many flows.</content>
public sealed partial class ConntrackClient
{
    /// <summary>Deletes all flows, or all of a family (Linux 5.3), in one request.</summary>
    /// <param name="family"><see cref="InetFamily.Unspecified"/>: both.</param>
    /// <exception cref="NetlinkException">It may not be done (EPERM).</exception>
    [SkipLocalsInit]
    public void Flush(InetFamily family = InetFamily.Unspecified)
    {
        Span<byte> buffer = stackalloc byte[64];
        if (!_socket.TryRequest(FlowRequest.Flush(buffer, family).Message, FlowRequest.Space, _limit, out var error))
            throw new NetlinkException(error, $"IPCTNL_MSG_CT_DELETE all flows{(family == InetFamily.Unspecified ? "" : $" of {family}")}");
    }

    /// <summary>
    /// Deletes every flow that a filter wants, and no other: each is compared here, and named by its tuple and id. Flows are deleted while the rest of the table is
    /// still being dumped, so that memory does not grow with the table.
    /// </summary>
    /// <param name="filter">Which flows; those that begin meanwhile may be among them or not.</param>
    /// <exception cref="NetlinkException">The dump was refused, or a socket failed; what was deleted until then is gone.</exception>
    /// <exception cref="InvalidOperationException">The client was made with one socket.</exception>
    public FlowDeletion DeleteAll(in FlowFilter filter)
    {
        var second = _second ?? throw new InvalidOperationException("To delete by a filter, a client needs a second socket: while the first one dumps, the other one deletes.");
        var deleter = new Deleter(second, _limit);
        var ok = TryDump(filter, ref deleter, out var error);
        deleter.Send();
        // A flow that was doubled was deleted once; one that was missed is like one that began later.
        if (!ok && error.Number != Errno.EINTR)
            throw Refused(error, filter);
        return deleter.Result;
    }

    /// <summary>Collects flows and deletes them in batches.</summary>
    private struct Deleter(NetlinkSocket socket, WaitLimit limit) : IFlowSink
    {
        private ChangeBatches _batches = new(socket, limit);

        public readonly FlowDeletion Result => new(_batches.Matched, _batches.Done, _batches.Gone, _batches.Refused, _batches.FirstRefusal);

        public void Flow(scoped in FlowView flow)
        {
            _batches.Batch.DeleteFlow(flow.Original, flow.Id);
            _batches.SendIfFull();
        }

        public void Send() => _batches.Send();
    }
}
