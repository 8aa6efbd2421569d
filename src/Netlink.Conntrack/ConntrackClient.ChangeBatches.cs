namespace VffNetlink.Conntrack;

/// <content>What deleting and changing many flows have in common.</content>
public sealed partial class ConntrackClient
{
    /// <summary>Flows that are deleted or changed by one batch while the dump waits.</summary>
    private const int ChangeBatch = 512;

    /// <summary>Requests about flows, sent in batches, and what came of them.</summary>
    private struct ChangeBatches(NetlinkSocket socket, WaitLimit limit)
    {
        /// <summary>The next one.</summary>
        public NetlinkBatch Batch { get; } = new();

        public long Matched { get; private set; }

        public long Done { get; private set; }

        public long Gone { get; private set; }

        public long Refused { get; private set; }

        public NetlinkError FirstRefusal { get; private set; }

        public void SendIfFull()
        {
            if (Batch.Count == ChangeBatch)
                Send();
        }

        public void Send()
        {
            if (Batch.Count == 0)
                return;
            var refusals = default(Refusals);
            var result = Batch.Send(socket, ref refusals, FlowRequest.Space, limit);
            Matched += Batch.Count;
            Done += Batch.Count - result.Refused;
            Gone += refusals.Gone;
            Refused += result.Refused - refusals.Gone;
            if (FirstRefusal.IsSuccess)
                FirstRefusal = refusals.First;
            Batch.Clear();
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
