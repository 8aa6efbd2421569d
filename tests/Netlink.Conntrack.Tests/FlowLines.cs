using System.Globalization;

namespace VffNetlink.Conntrack.Tests;

/// <summary>What <c>ctdump.c</c> would print of a flow, made of our typed reading of it alone: an attribute that we do not read is a line that is missing.</summary>
internal static class FlowLines
{
    public static List<string> Of(Flow flow)
    {
        var lines = new List<string> { $"flow {(byte)flow.Original.Family}" };
        var reply = flow.Reply!.Value;
        var zone = flow.Original.Zone == reply.Zone ? reply.Zone : (ushort)0;
        // A kernel that knows DCCP (up to 6.15) sends its ports whatever they are.
        var withPorts = flow.Dccp is not null;
        Tuple(lines, "CTA_TUPLE_ORIG", flow.Original, zone, withPorts);
        Tuple(lines, "CTA_TUPLE_REPLY", reply, zone, withPorts);
        Put(lines, "CTA_ZONE", zone == 0 ? null : zone);
        Put(lines, "CTA_STATUS", (uint?)flow.Status);
        Put(lines, "CTA_TIMEOUT", (uint?)flow.Timeout?.TotalSeconds);
        Put(lines, "CTA_MARK", flow.Mark);
        Put(lines, "CTA_ID", flow.Id);
        Put(lines, "CTA_USE", flow.UseCount);
        Counters(lines, "CTA_COUNTERS_ORIG", flow.OriginalCounters);
        Counters(lines, "CTA_COUNTERS_REPLY", flow.ReplyCounters);
        Put(lines, "CTA_TIMESTAMP/CTA_TIMESTAMP_START", flow.Timestamps?.Start);
        Put(lines, "CTA_TIMESTAMP/CTA_TIMESTAMP_STOP", flow.Timestamps?.Stop);
        Transport(lines, flow);
        if (flow.Helper is { } helper)
        {
            lines.Add($"CTA_HELP/CTA_HELP_NAME {helper.Name}");
            if (!helper.Info.IsEmpty)
                lines.Add($"CTA_HELP/CTA_HELP_INFO {Convert.ToHexStringLower(helper.Info.Span)}");
        }

        if (flow.Master is { } master)
            Tuple(lines, "CTA_TUPLE_MASTER", master, zone);
        Adjustment(lines, "CTA_SEQ_ADJ_ORIG", flow.OriginalSequence);
        Adjustment(lines, "CTA_SEQ_ADJ_REPLY", flow.ReplySequence);
        if (flow.SynProxy is { } proxy)
        {
            Put(lines, "CTA_SYNPROXY/CTA_SYNPROXY_ISN", proxy.InitialSequence);
            Put(lines, "CTA_SYNPROXY/CTA_SYNPROXY_ITS", proxy.InitialTimestamp);
            Put(lines, "CTA_SYNPROXY/CTA_SYNPROXY_TSOFF", proxy.TimestampOffset);
        }

        if (flow.SecurityContext is { } context)
            lines.Add($"CTA_SECCTX/CTA_SECCTX_NAME {context}");
        if (flow.Labels is { } labels)
            lines.Add($"CTA_LABELS {Hex(labels.Low)}{Hex(labels.High)}");
        Put(lines, "CTA_TIMESTAMP_EVENT", flow.EventTime);
        return lines;
    }

    /// <summary>The same for an expectation.</summary>
    public static List<string> Of(Expectation expectation)
    {
        var lines = new List<string> { $"expect {(byte)expectation.Tuple.Family}" };
        Tuple(lines, "CTA_EXPECT_MASTER", expectation.Master, expectation.Master.Zone);
        Tuple(lines, "CTA_EXPECT_TUPLE", expectation.Tuple, expectation.Tuple.Zone, withPorts: true);
        if (expectation.Mask is { } mask)
            Tuple(lines, "CTA_EXPECT_MASK", mask, mask.Zone, withPorts: true);
        Put(lines, "CTA_EXPECT_TIMEOUT", (uint?)expectation.Timeout?.TotalSeconds);
        Put(lines, "CTA_EXPECT_ID", expectation.Id);
        Put(lines, "CTA_EXPECT_FLAGS", (uint?)expectation.Flags);
        Put(lines, "CTA_EXPECT_CLASS", expectation.Class);
        if (expectation.Helper is { } helper)
            lines.Add($"CTA_EXPECT_HELP_NAME {helper}");
        if (expectation.Function is { } function)
            lines.Add($"CTA_EXPECT_FN {function}");
        if (expectation.Nat is not { } nat)
            return lines;
        Put(lines, "CTA_EXPECT_NAT/CTA_EXPECT_NAT_DIR", nat.IsReply ? 1u : 0);
        Tuple(lines, "CTA_EXPECT_NAT/CTA_EXPECT_NAT_TUPLE", nat.Original, nat.Original.Zone, withPorts: true);
        return lines;
    }

    private static void Tuple(List<string> lines, string name, in ConntrackTuple tuple, ushort zoneOfBoth, bool withPorts = false)
    {
        var version = tuple.Family == InetFamily.IPv6 ? "V6" : "V4";
        lines.Add($"{name}/CTA_TUPLE_IP/CTA_IP_{version}_SRC {tuple.Source}");
        lines.Add($"{name}/CTA_TUPLE_IP/CTA_IP_{version}_DST {tuple.Destination}");
        Put(lines, $"{name}/CTA_TUPLE_PROTO/CTA_PROTO_NUM", (byte)tuple.Protocol);
        if (tuple.IsIcmp)
        {
            var icmp = tuple.Protocol == IpProtocol.Icmp ? "ICMP" : "ICMPV6";
            Put(lines, $"{name}/CTA_TUPLE_PROTO/CTA_PROTO_{icmp}_ID", tuple.IcmpId);
            Put(lines, $"{name}/CTA_TUPLE_PROTO/CTA_PROTO_{icmp}_TYPE", tuple.IcmpType);
            Put(lines, $"{name}/CTA_TUPLE_PROTO/CTA_PROTO_{icmp}_CODE", tuple.IcmpCode);
        }
        else if (withPorts || tuple.SourcePort != 0 || tuple.DestinationPort != 0)
        {
            Put(lines, $"{name}/CTA_TUPLE_PROTO/CTA_PROTO_SRC_PORT", tuple.SourcePort);
            Put(lines, $"{name}/CTA_TUPLE_PROTO/CTA_PROTO_DST_PORT", tuple.DestinationPort);
        }

        if (tuple.Zone != zoneOfBoth)
            Put(lines, $"{name}/CTA_TUPLE_ZONE", tuple.Zone);
    }

    private static void Transport(List<string> lines, Flow flow)
    {
        const string Tcp = "CTA_PROTOINFO/CTA_PROTOINFO_TCP/CTA_PROTOINFO_TCP_";
        const string Sctp = "CTA_PROTOINFO/CTA_PROTOINFO_SCTP/CTA_PROTOINFO_SCTP_";
        const string Dccp = "CTA_PROTOINFO/CTA_PROTOINFO_DCCP/CTA_PROTOINFO_DCCP_";
        Put(lines, Tcp + "STATE", (byte?)flow.Tcp?.State);
        Put(lines, Tcp + "WSCALE_ORIGINAL", flow.Tcp?.OriginalWindowScale);
        Put(lines, Tcp + "WSCALE_REPLY", flow.Tcp?.ReplyWindowScale);
        if (flow.Tcp?.OriginalFlags is { } original)
            lines.Add($"{Tcp}FLAGS_ORIGINAL {(byte)original}/{(byte)(flow.Tcp.Value.OriginalFlagsMask ?? 0)}");
        if (flow.Tcp?.ReplyFlags is { } reply)
            lines.Add($"{Tcp}FLAGS_REPLY {(byte)reply}/{(byte)(flow.Tcp.Value.ReplyFlagsMask ?? 0)}");
        Put(lines, Sctp + "STATE", (byte?)flow.Sctp?.State);
        Put(lines, Sctp + "VTAG_ORIGINAL", flow.Sctp?.OriginalTag);
        Put(lines, Sctp + "VTAG_REPLY", flow.Sctp?.ReplyTag);
        Put(lines, Dccp + "STATE", (byte?)flow.Dccp?.State);
        Put(lines, Dccp + "ROLE", flow.Dccp?.OriginalIsServer is { } server ? server ? 1ul : 0 : null);
        Put(lines, Dccp + "HANDSHAKE_SEQ", flow.Dccp?.HandshakeSequence);
    }

    private static void Counters(List<string> lines, string name, FlowCounters? counters)
    {
        Put(lines, $"{name}/CTA_COUNTERS_PACKETS", counters?.Packets);
        Put(lines, $"{name}/CTA_COUNTERS_BYTES", counters?.Bytes);
    }

    private static void Adjustment(List<string> lines, string name, SequenceAdjustment? adjustment)
    {
        Put(lines, $"{name}/CTA_SEQADJ_CORRECTION_POS", adjustment?.CorrectionPosition);
        Put(lines, $"{name}/CTA_SEQADJ_OFFSET_BEFORE", (uint?)adjustment?.OffsetBefore);
        Put(lines, $"{name}/CTA_SEQADJ_OFFSET_AFTER", (uint?)adjustment?.OffsetAfter);
    }

    private static string Hex(ulong labels) => Convert.ToHexStringLower(BitConverter.GetBytes(labels));

    private static void Put(List<string> lines, string name, ulong? value)
    {
        if (value is { } known)
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{name} {known}"));
    }
}
