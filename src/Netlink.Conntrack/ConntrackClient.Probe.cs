using System.Runtime.CompilerServices;
using VffNetlink.Conntrack.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Conntrack;

/// <content>Which filters the kernel knows: one that does not know a filter says nothing, and sends everything.</content>
public sealed partial class ConntrackClient
{
    /// <summary>The last zone there is, which nobody is known to use.</summary>
    private const ushort ProbedZone = ushort.MaxValue;

    /// <summary>
    /// Names a part of the original tuple and sends no tuple. A kernel that knows the attribute refuses that (EINVAL), whatever
    /// is in the table; one that does not answers with everything.
    /// </summary>
    [SkipLocalsInit]
    private bool ProbeTupleFilter()
    {
        Span<byte> buffer = stackalloc byte[64];
        var message = BeginProbe(buffer, out var attributes);
        using (var filter = attributes.NestFlagged<CTA_FILTER>(CTA.CTA_FILTER))
        {
            filter.Put(CTA_FILTER.CTA_FILTER_ORIG_FLAGS, (uint)CTA_FILTER_F.CTA_FILTER_F_CTA_PROTO_NUM);
        }

        return IsRefused(message, "CTA_FILTER");
    }

    /// <summary>Sends a mask without a status, which a kernel that knows it refuses.</summary>
    [SkipLocalsInit]
    private bool ProbeStatusFilter()
    {
        Span<byte> buffer = stackalloc byte[64];
        var message = BeginProbe(buffer, out var attributes);
        attributes.PutBigEndian(CTA.CTA_STATUS_MASK, (uint)FlowStatus.Confirmed);
        return IsRefused(message, "CTA_STATUS_MASK");
    }

    /// <summary>
    /// Asks for the flows of a zone. No kernel refuses that, so a flow of another zone has to tell: one that was there before, is there still, and was
    /// not sent in between.
    /// </summary>
    /// <returns>1: it compares; -1: it does not; 0: there is no flow to tell by.</returns>
    private int ProbeZoneFilter()
    {
        var before = new ZoneSink { Wanted = null };
        Dump(default, ref before);
        if (before.Other is not { } other)
            return 0;
        var sent = new ZoneSink { Wanted = other.Id };
        SendZoneProbe(ref sent);
        if (sent.Other is not null)
            return -1;
        return TryGet(other.Original, out var flow, out _) && flow.Id == other.Id ? 1 : 0;
    }

    [SkipLocalsInit]
    private void SendZoneProbe(ref ZoneSink sink)
    {
        Span<byte> buffer = stackalloc byte[FlowRequest.MaximumLength];
        using var replies = _socket.Exchange(FlowRequest.Dump(buffer, new FlowFilter { Zone = ProbedZone }).Message, FlowRequest.Space, _limit);
        while (replies.MoveNext())
            sink.Flow(FlowView.Read(replies.Current));
        if (!replies.Error.IsSuccess)
            throw new NetlinkException(replies.Error, "IPCTNL_MSG_CT_GET dump to learn whether CTA_ZONE is compared");
    }

    private static MessageWriter BeginProbe(Span<byte> buffer, out AttributeWriter<CTA> attributes)
    {
        var message = MessageWriter.Begin(buffer, FlowRequest.TypeOf(IPCTNL_MSG.IPCTNL_MSG_CT_GET), NLM_F.NLM_F_REQUEST | NLM_F.NLM_F_DUMP);
        attributes = message.PutHeader<nfgenmsg, CTA>(new nfgenmsg { nfgen_family = (byte)InetFamily.IPv4 });
        return message;
    }

    private bool IsRefused(MessageWriter message, string attribute)
    {
        using var replies = _socket.Exchange(message.Message, FlowRequest.Space, _limit);
        while (replies.MoveNext())
        {
            // What comes is not wanted; that it comes is the answer.
        }

        return replies.Error.Number switch
        {
            0 => false,
            Errno.EINVAL => true,
            _ => throw new NetlinkException(replies.Error, $"IPCTNL_MSG_CT_GET dump to learn whether {attribute} is known"),
        };
    }

    /// <summary>What was learnt, for the client and all views of it. 0: not asked yet; 1: yes; -1: no. Two threads may ask at once and learn the same.</summary>
    private sealed class KnownFilters
    {
        public volatile int Tuples;
        public volatile int Status;
        public volatile int Zones;
    }

    /// <summary>Keeps a flow outside the probed zone.</summary>
    private struct ZoneSink : IFlowSink
    {
        /// <summary>The flow that matters; null: any.</summary>
        public required uint? Wanted { get; init; }

        public (ConntrackTuple Original, uint? Id)? Other { get; private set; }

        public void Flow(scoped in FlowView flow)
        {
            if (Other is null && (Wanted is null || flow.Id == Wanted) && FlowFilter.ZoneOf(flow) != ProbedZone)
                Other = (flow.Original, flow.Id);
        }
    }
}
