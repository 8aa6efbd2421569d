using VffNetlink;
using VffNetlink.Conntrack.Uapi;
using Vffnl.Output;

namespace Vffnl.Conntrack;

/// <summary>What connection tracking knows of the transport's state.</summary>
internal static class TransportFields
{
    /// <summary>Writes it as an object under the transport's name.</summary>
    public static void Write(Report report, AttributeReader<CTA_PROTOINFO> attributes)
    {
        foreach (var a in attributes)
        {
            switch (a.Id)
            {
                case CTA_PROTOINFO.CTA_PROTOINFO_TCP:
                    WriteTcp(report, a.Nested<CTA_PROTOINFO_TCP>());
                    break;
                case CTA_PROTOINFO.CTA_PROTOINFO_SCTP:
                    WriteSctp(report, a.Nested<CTA_PROTOINFO_SCTP>());
                    break;
                case CTA_PROTOINFO.CTA_PROTOINFO_DCCP:
                    WriteDccp(report, a.Nested<CTA_PROTOINFO_DCCP>());
                    break;
                default:
                    UnknownFields.Write(report, a);
                    break;
            }
        }
    }

    private static void WriteTcp(Report report, AttributeReader<CTA_PROTOINFO_TCP> attributes)
    {
        report.BeginObject("tcp");
        foreach (var a in attributes)
        {
            switch (a.Id)
            {
                case CTA_PROTOINFO_TCP.CTA_PROTOINFO_TCP_STATE:
                    report.Text("state", FlowNames.Of(FlowNames.TcpStates, a.ReadByte()));
                    break;
                case CTA_PROTOINFO_TCP.CTA_PROTOINFO_TCP_WSCALE_ORIGINAL:
                    report.Number("original_scale", (long)a.ReadByte());
                    break;
                case CTA_PROTOINFO_TCP.CTA_PROTOINFO_TCP_WSCALE_REPLY:
                    report.Number("reply_scale", (long)a.ReadByte());
                    break;
                case CTA_PROTOINFO_TCP.CTA_PROTOINFO_TCP_FLAGS_ORIGINAL:
                    WriteFlags(report, "original_flags", "original_flags_mask", a.ReadStruct<nf_ct_tcp_flags>());
                    break;
                case CTA_PROTOINFO_TCP.CTA_PROTOINFO_TCP_FLAGS_REPLY:
                    WriteFlags(report, "reply_flags", "reply_flags_mask", a.ReadStruct<nf_ct_tcp_flags>());
                    break;
                default:
                    UnknownFields.Write(report, a);
                    break;
            }
        }

        report.EndObject();
    }

    private static void WriteFlags(Report report, string name, string maskName, nf_ct_tcp_flags flags)
    {
        FlowNames.Write(report, name, FlowNames.TcpFlags, (uint)flags.flags);
        // A request's; no kernel sends another one than 0.
        if (flags.mask != 0)
            FlowNames.Write(report, maskName, FlowNames.TcpFlags, (uint)flags.mask);
    }

    private static void WriteSctp(Report report, AttributeReader<CTA_PROTOINFO_SCTP> attributes)
    {
        report.BeginObject("sctp");
        foreach (var a in attributes)
        {
            switch (a.Id)
            {
                case CTA_PROTOINFO_SCTP.CTA_PROTOINFO_SCTP_STATE:
                    report.Text("state", FlowNames.Of(FlowNames.SctpStates, a.ReadByte()));
                    break;
                case CTA_PROTOINFO_SCTP.CTA_PROTOINFO_SCTP_VTAG_ORIGINAL:
                    report.Number("original_tag", (long)a.ReadUInt32BigEndian());
                    break;
                case CTA_PROTOINFO_SCTP.CTA_PROTOINFO_SCTP_VTAG_REPLY:
                    report.Number("reply_tag", (long)a.ReadUInt32BigEndian());
                    break;
                default:
                    UnknownFields.Write(report, a);
                    break;
            }
        }

        report.EndObject();
    }

    private static void WriteDccp(Report report, AttributeReader<CTA_PROTOINFO_DCCP> attributes)
    {
        report.BeginObject("dccp");
        foreach (var a in attributes)
        {
            switch (a.Id)
            {
                case CTA_PROTOINFO_DCCP.CTA_PROTOINFO_DCCP_STATE:
                    report.Text("state", FlowNames.Of(FlowNames.DccpStates, a.ReadByte()));
                    break;
                case CTA_PROTOINFO_DCCP.CTA_PROTOINFO_DCCP_ROLE:
                    report.Text("role", FlowNames.Of(FlowNames.DccpRoles, a.ReadByte()));
                    break;
                case CTA_PROTOINFO_DCCP.CTA_PROTOINFO_DCCP_HANDSHAKE_SEQ:
                    report.Number("handshake_sequence", a.ReadUInt64BigEndian());
                    break;
                case CTA_PROTOINFO_DCCP.CTA_PROTOINFO_DCCP_PAD:
                    break;
                default:
                    UnknownFields.Write(report, a);
                    break;
            }
        }

        report.EndObject();
    }
}
