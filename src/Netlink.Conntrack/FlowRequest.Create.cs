using System.Text;
using VffNetlink.Conntrack.Uapi;

namespace VffNetlink.Conntrack;

/// <content>What a new flow is made of.</content>
public static partial class FlowRequest
{
    private const int MaximumHelperName = 15; // NF_CT_HELPER_NAME_LEN without the NUL
    private const int MaximumHelperInfo = 32; // struct nf_conn_help

    /// <summary>Bits that the kernel sets itself, and refuses to be told (EBUSY).</summary>
    private const FlowStatus Refused = FlowStatus.Expected | FlowStatus.Dying;

    private const FlowStatus Translated = FlowStatus.SourceNat | FlowStatus.DestinationNat | FlowStatus.SourceNatDone | FlowStatus.DestinationNatDone;

    internal static void PutCreate(MessageWriter message, Flow flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        if (flow.Original.Family == InetFamily.Unspecified)
            throw new ArgumentException("A new flow needs its original tuple.", nameof(flow));
        if (flow.Timeout is not { } timeout || timeout < TimeSpan.Zero)
            throw new ArgumentException($"A new flow needs a timeout: {flow.Original}.", nameof(flow));
        var (sourceNat, destinationNat) = Translation(flow);
        var isTranslated = sourceNat is not null || destinationNat is not null;
        // The kernel translates the answers' tuple itself, and wants it as it is before.
        var reply = flow.Reply is { } known && !isTranslated ? known : flow.Original.Inverted().InZone((flow.Reply ?? flow.Original).Zone);
        if (flow.Original.Zone != reply.Zone && flow.Original.Zone != 0 && reply.Zone != 0)
            throw new ArgumentException($"A flow is in one zone, with both directions or with one, not in {flow.Original.Zone} and {reply.Zone}: {flow.Original}.", nameof(flow));

        var attributes = PutHeader(message, flow.Original.Family);
        var inOneZone = flow.Original.Zone == reply.Zone;
        flow.Original.Write(attributes, CTA.CTA_TUPLE_ORIG, withZone: !inOneZone);
        reply.Write(attributes, CTA.CTA_TUPLE_REPLY, withZone: !inOneZone);
        if (flow.Master is { } master)
            master.Write(attributes, CTA.CTA_TUPLE_MASTER, withZone: false);
        if (flow.Status is { } status)
            attributes.PutBigEndian(CTA.CTA_STATUS, (uint)((status & ~Refused) | FlowStatus.Confirmed));
        attributes.PutBigEndian(CTA.CTA_TIMEOUT, Seconds(timeout));
        if (flow.Mark is { } mark)
            attributes.PutBigEndian(CTA.CTA_MARK, mark);
        PutTransport(attributes, flow.Tcp, flow.Sctp, flow.Dccp);
        PutExtensions(attributes, flow.OriginalSequence, flow.ReplySequence, flow.SynProxy);
        if (flow.Helper is { } helper)
            PutHelper(attributes, helper);
        sourceNat?.Write(attributes, CTA.CTA_NAT_SRC, flow.Original.Family);
        destinationNat?.Write(attributes, CTA.CTA_NAT_DST, flow.Original.Family);
        if (inOneZone && reply.Zone != 0)
            attributes.PutBigEndian(CTA.CTA_ZONE, reply.Zone);
        if (flow.Labels is { } labels)
            attributes.PutStruct(CTA.CTA_LABELS, labels.Words);
    }

    internal static void PutTransport(AttributeWriter<CTA> attributes, in TcpTracking? tcp, in SctpTracking? sctp, in DccpTracking? dccp)
    {
        if ((tcp is null ? 0 : 1) + (sctp is null ? 0 : 1) + (dccp is null ? 0 : 1) > 1)
            throw new ArgumentException("A flow has one transport: TCP, SCTP and DCCP have no place beside each other.");
        tcp?.Write(attributes);
        sctp?.Write(attributes);
        dccp?.Write(attributes);
    }

    internal static void PutExtensions(AttributeWriter<CTA> attributes, in SequenceAdjustment? original, in SequenceAdjustment? reply, in SynProxyState? synProxy)
    {
        original?.Write(attributes, CTA.CTA_SEQ_ADJ_ORIG);
        reply?.Write(attributes, CTA.CTA_SEQ_ADJ_REPLY);
        synProxy?.Write(attributes);
    }

    internal static void PutHelper(AttributeWriter<CTA> attributes, FlowHelper helper)
    {
        if (Encoding.UTF8.GetByteCount(helper.Name) > MaximumHelperName || helper.Name.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException($"A helper's name has {MaximumHelperName} bytes at most: \"{helper.Name}\".", nameof(helper));
        if (helper.Info.Length > MaximumHelperInfo)
            throw new ArgumentException($"The helper {helper.Name} keeps {MaximumHelperInfo} bytes with a flow at most, not {helper.Info.Length}.", nameof(helper));
        using var nest = attributes.NestFlagged<CTA_HELP>(CTA.CTA_HELP);
        nest.PutString(CTA_HELP.CTA_HELP_NAME, helper.Name);
        if (!helper.Info.IsEmpty)
            nest.Put(CTA_HELP.CTA_HELP_INFO, helper.Info.Span);
    }

    /// <summary>A part of a second counts as a whole one: rounded down to nothing, it would end at once what was to last a while.</summary>
    internal static uint Seconds(TimeSpan timeout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        var (seconds, rest) = Math.DivRem(timeout.Ticks, TimeSpan.TicksPerSecond);
        return (uint)Math.Min(rest == 0 ? seconds : seconds + 1, uint.MaxValue);
    }

    /// <summary>
    /// The translation that is asked for, or the one that a flow which was read has. Where only the decision was taken, to translate nothing, each end is translated
    /// to itself.
    /// </summary>
    private static (NatRange? Source, NatRange? Destination) Translation(Flow flow)
    {
        if (flow.SourceNat is not null || flow.DestinationNat is not null)
            return (flow.SourceNat, flow.DestinationNat);
        if (((flow.Status ?? 0) & Translated) == 0 || flow.Reply is not { } reply)
            return default;
        // ICMP's identifier is in the place of the source port in both directions.
        var sourcePort = reply.IsIcmp ? reply.SourcePort : reply.DestinationPort;
        return (
            NatRange.To(reply.Destination, reply.HasPorts || reply.IsIcmp ? sourcePort : null),
            NatRange.To(reply.Source, reply.HasPorts ? reply.SourcePort : null));
    }
}
