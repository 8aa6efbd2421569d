using System.Runtime.CompilerServices;
using VffNetlink.Conntrack.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Conntrack;

/// <content>Deleting many flows.</content>
public sealed partial class ConntrackClient
{
    /// <summary>Flows that are deleted or changed by one batch while the dump waits.</summary>
    private const int ChangeBatch = 512;

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
        var deleter = new Deleter(second, new NetlinkBatch(), _limit);
        var ok = TryDump(filter, ref deleter, out var error);
        deleter.Send();
        // A flow that was doubled was deleted once; one that was missed is like one that began later.
        if (!ok && error.Number != Errno.EINTR)
            throw Refused(error, filter);
        return deleter.Result;
    }

    /// <summary>Collects flows and deletes them in batches.</summary>
    private struct Deleter(NetlinkSocket socket, NetlinkBatch batch, WaitLimit limit) : IFlowSink
    {
        private FlowDeletion _result;

        public readonly FlowDeletion Result => _result;

        public void Flow(scoped in FlowView flow)
        {
            batch.DeleteFlow(flow.Original, flow.Id);
            if (batch.Count == ChangeBatch)
                Send();
        }

        public void Send()
        {
            if (batch.Count == 0)
                return;
            var refusals = default(Refusals);
            var result = batch.Send(socket, ref refusals, FlowRequest.Space, limit);
            _result = _result with
            {
                Matched = _result.Matched + batch.Count,
                Deleted = _result.Deleted + batch.Count - result.Refused,
                Gone = _result.Gone + refusals.Gone,
                Refused = _result.Refused + result.Refused - refusals.Gone,
                FirstRefusal = _result.FirstRefusal.IsSuccess ? refusals.First : _result.FirstRefusal,
            };
            batch.Clear();
        }
    }

    private struct Refusals : IBatchSink
    {
        public int Gone { get; private set; }

        public NetlinkError First { get; private set; }

        public readonly void Reply(int index, scoped in NetlinkMessage message)
        {
        }

        public void Refused(int index, in NetlinkError error)
        {
            if (error.Number == Errno.ENOENT)
                Gone++;
            else if (First.IsSuccess)
                First = error;
        }
    }
}
