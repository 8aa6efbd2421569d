using VffNetlink;
using VffNetlink.Conntrack.Uapi;
using Vffnl.Output;

namespace Vffnl.Conntrack;

/// <summary>The fields of one direction of a flow.</summary>
internal static class TupleFields
{
    /// <summary>Writes them as an object.</summary>
    public static void Write(Report report, string name, AttributeReader<CTA_TUPLE> attributes)
    {
        report.BeginObject(name);
        // The transport first, as everybody names a flow.
        if (attributes.TryFind(CTA_TUPLE.CTA_TUPLE_PROTO, out var transport) && transport.Nested<CTA_PROTO>().TryFind(CTA_PROTO.CTA_PROTO_NUM, out var number))
            report.Text("protocol", FlowNames.Of((IpProtocol)number.ReadByte()));
        foreach (var a in attributes)
        {
            switch (a.Id)
            {
                case CTA_TUPLE.CTA_TUPLE_IP:
                    WriteAddresses(report, a.Nested<CTA_IP>());
                    break;
                case CTA_TUPLE.CTA_TUPLE_PROTO:
                    WriteTransport(report, a.Nested<CTA_PROTO>());
                    break;
                case CTA_TUPLE.CTA_TUPLE_ZONE:
                    report.Number("zone", (long)a.ReadUInt16BigEndian());
                    break;
                default:
                    UnknownFields.Write(report, a);
                    break;
            }
        }

        report.EndObject();
    }

    private static void WriteAddresses(Report report, AttributeReader<CTA_IP> attributes)
    {
        foreach (var a in attributes)
        {
            var name = a.Id switch
            {
                CTA_IP.CTA_IP_V4_SRC or CTA_IP.CTA_IP_V6_SRC => "src",
                CTA_IP.CTA_IP_V4_DST or CTA_IP.CTA_IP_V6_DST => "dst",
                _ => null,
            };
            if (name is not null && InetAddress.TryRead(a.Payload, out var address))
                report.Address(name, address);
            else
                UnknownFields.Write(report, a);
        }
    }

    private static void WriteTransport(Report report, AttributeReader<CTA_PROTO> attributes)
    {
        foreach (var a in attributes)
        {
            switch (a.Id)
            {
                case CTA_PROTO.CTA_PROTO_NUM:
                    break; // told before
                case CTA_PROTO.CTA_PROTO_SRC_PORT:
                    report.Number("sport", (long)a.ReadUInt16BigEndian());
                    break;
                case CTA_PROTO.CTA_PROTO_DST_PORT:
                    report.Number("dport", (long)a.ReadUInt16BigEndian());
                    break;
                case CTA_PROTO.CTA_PROTO_ICMP_TYPE or CTA_PROTO.CTA_PROTO_ICMPV6_TYPE:
                    report.Number("icmp_type", (long)a.ReadByte());
                    break;
                case CTA_PROTO.CTA_PROTO_ICMP_CODE or CTA_PROTO.CTA_PROTO_ICMPV6_CODE:
                    report.Number("icmp_code", (long)a.ReadByte());
                    break;
                case CTA_PROTO.CTA_PROTO_ICMP_ID or CTA_PROTO.CTA_PROTO_ICMPV6_ID:
                    report.Number("icmp_id", (long)a.ReadUInt16BigEndian());
                    break;
                default:
                    UnknownFields.Write(report, a);
                    break;
            }
        }
    }
}
