using VffNetlink;
using VffNetlink.Conntrack;

namespace VffQos.Shaping;

/// <summary>Takes our users' marks off all connections.</summary>
/// <param name="kernel">The clients.</param>
internal sealed class MarkSweeper(KernelClients kernel)
{
    private const int MaximumAttempts = 8;

    /// <summary>Clears our bits of the connections that bear a user's; other bits, and other connections, stay as they are.</summary>
    /// <param name="ours">What is ours.</param>
    /// <returns>How many connections bore one.</returns>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public int Clear(OurMarks ours)
    {
        for (var attempt = 1; ; attempt++)
        {
            // A connection that is missed under a changing table is found by the next look, for those that were seen no longer count.
            var batch = new NetlinkBatch();
            var sink = new Collector(ours, batch);
            var isWhole = kernel.Conntrack.TryDump(default, ref sink, out var error);
            if (!isWhole && error.Number != Errno.EINTR)
                throw new NetlinkException(error, "IPCTNL_MSG_CT_GET dump");
            var gone = new Refusal();
            if (kernel.Conntrack.Send(batch, ref gone).RepliesLost || !gone.First.IsSuccess)
                throw new NetlinkException(gone.First.IsSuccess ? new NetlinkError(Errno.ENOBUFS) : gone.First, "IPCTNL_MSG_CT_NEW mark");
            if (isWhole || attempt == MaximumAttempts)
                return isWhole ? batch.Count : throw new NetlinkException(error, "IPCTNL_MSG_CT_GET dump");
        }
    }

    private readonly struct Collector(OurMarks ours, NetlinkBatch batch) : IFlowSink
    {
        public void Flow(scoped in FlowView flow)
        {
            var bits = ours.BitsOf(flow);
            if (bits != 0)
                batch.SetFlowMark(flow.Original, new MaskedMark(0, bits));
        }
    }

    private struct Refusal : IBatchSink
    {
        public NetlinkError First { get; private set; }

        public readonly void Reply(int index, scoped in NetlinkMessage message)
        {
        }

        public void Refused(int index, in NetlinkError error)
        {
            // A connection that ended meanwhile bears no mark.
            if (First.IsSuccess && error.Number != Errno.ENOENT)
                First = error;
        }
    }
}
