using System.Text;
using VffNetlink;
using VffNetlink.Conntrack;
using VffNetlink.Conntrack.Uapi;
using Vffnl.Output;

namespace Vffnl.Conntrack;

/// <summary>The fields that only some flows have, because the kernel counts, or a helper, a proxy or a rule wanted them.</summary>
internal static class ExtensionFields
{
    /// <summary>Writes one of them.</summary>
    public static void Write(Report report, scoped in NetlinkAttribute<CTA> a, scoped in FlowView flow)
    {
        switch (a.Id)
        {
            case CTA.CTA_COUNTERS_ORIG:
                WriteCounters(report, "original_counters", a.Nested<CTA_COUNTERS>());
                break;
            case CTA.CTA_COUNTERS_REPLY:
                WriteCounters(report, "reply_counters", a.Nested<CTA_COUNTERS>());
                break;
            case CTA.CTA_TIMESTAMP:
                WriteTimestamps(report, a.Nested<CTA_TIMESTAMP>());
                break;
            case CTA.CTA_TIMESTAMP_EVENT:
                report.Number("event_time", a.ReadUInt64BigEndian());
                break;
            case CTA.CTA_HELP:
                WriteHelper(report, a.Nested<CTA_HELP>());
                break;
            case CTA.CTA_SEQ_ADJ_ORIG:
                WriteAdjustment(report, "original_sequence", a.Nested<CTA_SEQADJ>());
                break;
            case CTA.CTA_SEQ_ADJ_REPLY:
                WriteAdjustment(report, "reply_sequence", a.Nested<CTA_SEQADJ>());
                break;
            case CTA.CTA_SYNPROXY:
                WriteSynProxy(report, a.Nested<CTA_SYNPROXY>());
                break;
            case CTA.CTA_SECCTX:
                WriteSecurity(report, a.Nested<CTA_SECCTX>());
                break;
            case CTA.CTA_LABELS when a.Payload.Length == ConntrackLabels.Count / 8 && flow.Labels is { } labels:
                WriteLabels(report, labels);
                break;
            default:
                UnknownFields.Write(report, a);
                break;
        }
    }

    private static void WriteCounters(Report report, string name, AttributeReader<CTA_COUNTERS> attributes)
    {
        report.BeginObject(name);
        foreach (var a in attributes)
        {
            switch (a.Id)
            {
                case CTA_COUNTERS.CTA_COUNTERS_PACKETS:
                    report.Number("packets", a.ReadUInt64BigEndian());
                    break;
                case CTA_COUNTERS.CTA_COUNTERS_BYTES:
                    report.Number("bytes", a.ReadUInt64BigEndian());
                    break;
                case CTA_COUNTERS.CTA_COUNTERS_PAD:
                    break;
                default:
                    UnknownFields.Write(report, a);
                    break;
            }
        }

        report.EndObject();
    }

    private static void WriteTimestamps(Report report, AttributeReader<CTA_TIMESTAMP> attributes)
    {
        report.BeginObject("timestamp");
        foreach (var a in attributes)
        {
            switch (a.Id)
            {
                case CTA_TIMESTAMP.CTA_TIMESTAMP_START:
                    report.Number("start", a.ReadUInt64BigEndian());
                    break;
                case CTA_TIMESTAMP.CTA_TIMESTAMP_STOP:
                    report.Number("stop", a.ReadUInt64BigEndian());
                    break;
                case CTA_TIMESTAMP.CTA_TIMESTAMP_PAD:
                    break;
                default:
                    UnknownFields.Write(report, a);
                    break;
            }
        }

        report.EndObject();
    }

    private static void WriteHelper(Report report, AttributeReader<CTA_HELP> attributes)
    {
        report.BeginObject("helper");
        foreach (var a in attributes)
        {
            switch (a.Id)
            {
                case CTA_HELP.CTA_HELP_NAME:
                    report.Text("name", Encoding.UTF8.GetString(a.ReadUtf8()));
                    break;
                case CTA_HELP.CTA_HELP_INFO:
                    report.Bytes("info", a.Payload);
                    break;
                default:
                    UnknownFields.Write(report, a);
                    break;
            }
        }

        report.EndObject();
    }

    private static void WriteAdjustment(Report report, string name, AttributeReader<CTA_SEQADJ> attributes)
    {
        report.BeginObject(name);
        foreach (var a in attributes)
        {
            switch (a.Id)
            {
                case CTA_SEQADJ.CTA_SEQADJ_CORRECTION_POS:
                    report.Number("position", (long)a.ReadUInt32BigEndian());
                    break;
                case CTA_SEQADJ.CTA_SEQADJ_OFFSET_BEFORE:
                    report.Number("offset_before", (long)(int)a.ReadUInt32BigEndian());
                    break;
                case CTA_SEQADJ.CTA_SEQADJ_OFFSET_AFTER:
                    report.Number("offset_after", (long)(int)a.ReadUInt32BigEndian());
                    break;
                default:
                    UnknownFields.Write(report, a);
                    break;
            }
        }

        report.EndObject();
    }

    private static void WriteSynProxy(Report report, AttributeReader<CTA_SYNPROXY> attributes)
    {
        report.BeginObject("synproxy");
        foreach (var a in attributes)
        {
            switch (a.Id)
            {
                case CTA_SYNPROXY.CTA_SYNPROXY_ISN:
                    report.Number("isn", (long)a.ReadUInt32BigEndian());
                    break;
                case CTA_SYNPROXY.CTA_SYNPROXY_ITS:
                    report.Number("its", (long)a.ReadUInt32BigEndian());
                    break;
                case CTA_SYNPROXY.CTA_SYNPROXY_TSOFF:
                    report.Number("tsoff", (long)a.ReadUInt32BigEndian());
                    break;
                default:
                    UnknownFields.Write(report, a);
                    break;
            }
        }

        report.EndObject();
    }

    private static void WriteSecurity(Report report, AttributeReader<CTA_SECCTX> attributes)
    {
        foreach (var a in attributes)
        {
            if (a.Id == CTA_SECCTX.CTA_SECCTX_NAME)
                report.Text("security_context", Encoding.UTF8.GetString(a.ReadUtf8()));
            else
                UnknownFields.Write(report, a);
        }
    }

    private static void WriteLabels(Report report, ConntrackLabels labels)
    {
        report.BeginArray("labels");
        for (var label = 0; label < ConntrackLabels.Count; label++)
        {
            if (labels[label])
                report.Item((long)label);
        }

        report.EndArray();
    }
}
