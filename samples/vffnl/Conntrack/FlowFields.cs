using System.Globalization;
using VffNetlink;
using VffNetlink.Conntrack;
using VffNetlink.Conntrack.Uapi;
using Vffnl.Output;

namespace Vffnl.Conntrack;

/// <summary>
/// The fields of a flow: attribute by attribute as the kernel sent them and in its order, so that what was not sent is not told, and what was sent as zero is.
/// </summary>
internal static class FlowFields
{
    /// <summary>Writes them into the object that was begun.</summary>
    public static void Write(Report report, scoped in FlowView flow)
    {
        report.Text("family", flow.Family switch
        {
            InetFamily.IPv4 => "inet",
            InetFamily.IPv6 => "inet6",
            _ => ((byte)flow.Family).ToString(CultureInfo.InvariantCulture),
        });
        foreach (var a in flow.Attributes)
        {
            switch (a.Id)
            {
                case CTA.CTA_TUPLE_ORIG:
                    TupleFields.Write(report, "original", a.Nested<CTA_TUPLE>());
                    break;
                case CTA.CTA_TUPLE_REPLY:
                    TupleFields.Write(report, "reply", a.Nested<CTA_TUPLE>());
                    break;
                case CTA.CTA_TUPLE_MASTER:
                    TupleFields.Write(report, "master", a.Nested<CTA_TUPLE>());
                    break;
                case CTA.CTA_ZONE:
                    report.Number("zone", (long)a.ReadUInt16BigEndian());
                    break;
                case CTA.CTA_STATUS:
                    FlowNames.Write(report, "status", FlowNames.Status, a.ReadUInt32BigEndian());
                    break;
                case CTA.CTA_TIMEOUT:
                    report.Number("timeout", (long)a.ReadUInt32BigEndian());
                    break;
                case CTA.CTA_MARK:
                    report.Number("mark", (long)a.ReadUInt32BigEndian());
                    break;
                case CTA.CTA_ID:
                    report.Number("id", (long)a.ReadUInt32BigEndian());
                    break;
                case CTA.CTA_USE:
                    report.Number("use", (long)a.ReadUInt32BigEndian());
                    break;
                case CTA.CTA_PROTOINFO:
                    TransportFields.Write(report, a.Nested<CTA_PROTOINFO>());
                    break;
                default:
                    ExtensionFields.Write(report, a, flow);
                    break;
            }
        }
    }
}
