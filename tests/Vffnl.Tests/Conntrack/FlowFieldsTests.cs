using System.Text;
using VffNetlink;
using VffNetlink.Conntrack;
using VffNetlink.Conntrack.Uapi;
using VffNetlink.Testing;
using VffNetlink.Testing.Conntrack;
using VffNetlink.Uapi;
using Vffnl.Conntrack;
using Vffnl.Output;

namespace Vffnl.Tests.Conntrack;

/// <summary>Flows as no kernel here sends them: with attributes of tomorrow, with zeros, and with next to nothing.</summary>
public sealed class FlowFieldsTests
{
    /// <summary>Writes attributes of a flow.</summary>
    private delegate void Putter(AttributeWriter<CTA> attributes);

    [Fact]
    public void What_Was_Not_Sent_Is_Not_Told_And_What_Is_Zero_Is() => Assert.Equal(
        """{"family":"inet","status":[],"timeout":0,"mark":0,"labels":[],"helper":{"name":""},"tcp":{"state":"none","original_scale":0,"original_flags":[]},"original_sequence":{"position":0,"offset_before":-1},"synproxy":{}}""",
        Json(static flow =>
        {
            flow.PutBigEndian(CTA.CTA_STATUS, 0u);
            flow.PutBigEndian(CTA.CTA_TIMEOUT, 0u);
            flow.PutBigEndian(CTA.CTA_MARK, 0u);
            flow.Put(CTA.CTA_LABELS, new byte[16]);
            using (var help = flow.NestFlagged<CTA_HELP>(CTA.CTA_HELP))
            {
                help.PutString(CTA_HELP.CTA_HELP_NAME, "");
            }

            using (var info = flow.NestFlagged<CTA_PROTOINFO>(CTA.CTA_PROTOINFO))
            {
                using var tcp = info.NestFlagged<CTA_PROTOINFO_TCP>(CTA_PROTOINFO.CTA_PROTOINFO_TCP);
                tcp.Put(CTA_PROTOINFO_TCP.CTA_PROTOINFO_TCP_STATE, (byte)0);
                tcp.Put(CTA_PROTOINFO_TCP.CTA_PROTOINFO_TCP_WSCALE_ORIGINAL, (byte)0);
                tcp.PutStruct(CTA_PROTOINFO_TCP.CTA_PROTOINFO_TCP_FLAGS_ORIGINAL, default(nf_ct_tcp_flags));
            }

            using (var adjustment = flow.NestFlagged<CTA_SEQADJ>(CTA.CTA_SEQ_ADJ_ORIG))
            {
                adjustment.PutBigEndian(CTA_SEQADJ.CTA_SEQADJ_CORRECTION_POS, 0u);
                adjustment.PutBigEndian(CTA_SEQADJ.CTA_SEQADJ_OFFSET_BEFORE, uint.MaxValue);
            }

            flow.NestFlagged<CTA_SYNPROXY>(CTA.CTA_SYNPROXY).Dispose();
        }));

    /// <summary>One more than the last that is known of every space, where it would be.</summary>
    [Fact]
    public void What_Nobody_Knows_Is_Told_As_Bytes_Where_It_Was() => Assert.Equal(
        """
        {"family":"inet6","original":{"protocol":"99","src":"::1","CTA_IP_5":"05","CTA_PROTO_10":"10","sport":0,"CTA_TUPLE_4":"04"},"CTA_PROTOINFO_4":"04","tcp":{"CTA_PROTOINFO_TCP_6":"0600"},"sctp":{"state":"10","CTA_PROTOINFO_SCTP_4":"04"},"dccp":{"role":"2","CTA_PROTOINFO_DCCP_5":"05"},"original_counters":{"CTA_COUNTERS_6":"06","CTA_COUNTERS32_BYTES":"00000001"},"timestamp":{"CTA_TIMESTAMP_4":"04"},"helper":{"info":"0102","CTA_HELP_3":"03"},"reply_sequence":{"CTA_SEQADJ_4":"04"},"synproxy":{"CTA_SYNPROXY_4":"04"},"CTA_SECCTX_2":"02","CTA_LABELS":"0102030405060708090a0b0c0d0e0f1011121314","CTA_SECMARK":"00000007","CTA_28":"","status":["confirmed","0xffff0000"]}
        """,
        Json(PutUnknown, InetFamily.IPv6));

    [Fact]
    public void Text_Tells_The_Same_In_One_Line() => Assert.Equal(
        "family=inet6 original(protocol=99 src=::1 CTA_IP_5=05 CTA_PROTO_10=10 sport=0 CTA_TUPLE_4=04) CTA_PROTOINFO_4=04 tcp(CTA_PROTOINFO_TCP_6=0600)"
        + " sctp(state=10 CTA_PROTOINFO_SCTP_4=04) dccp(role=2 CTA_PROTOINFO_DCCP_5=05) original_counters(CTA_COUNTERS_6=06 CTA_COUNTERS32_BYTES=00000001) timestamp(CTA_TIMESTAMP_4=04)"
        + " helper(info=0102 CTA_HELP_3=03) reply_sequence(CTA_SEQADJ_4=04) synproxy(CTA_SYNPROXY_4=04) CTA_SECCTX_2=02 CTA_LABELS=0102030405060708090a0b0c0d0e0f1011121314 CTA_SECMARK=00000007"
        + " CTA_28=\"\" status=confirmed,0xffff0000\n",
        Written(isJson: false, PutUnknown, InetFamily.IPv6));

    [Fact]
    public void An_Attribute_Of_Another_Length_Is_No_Value() =>
        Assert.Contains("CTA_MARK", Assert.Throws<NetlinkFormatException>(() => Json(static flow => flow.Put(CTA.CTA_MARK, new byte[3]))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Broken_Messages_End_With_Fields_Or_With_The_One_Exception_For_Them(bool isJson)
    {
        var buffer = new byte[FlowRequest.MaximumLength];
        var broken = new Mutations([.. EveryFlow.All(withLabels: true).Select(flow => FlowRequest.Create(buffer, flow).Message.ToArray())], seed: 77);
        var (told, refused) = (0, 0);
        for (var i = 0; i < 20_000; i++)
        {
            try
            {
                told += Written(broken.Next(), isJson).Length > 0 ? 1 : 0;
            }
            catch (NetlinkFormatException)
            {
                refused++;
            }
        }

        Assert.True(told > 1000 && refused > 1000, $"{told} were told, {refused} refused");
    }

    private static void PutUnknown(AttributeWriter<CTA> flow)
    {
        using (var tuple = flow.NestFlagged<CTA_TUPLE>(CTA.CTA_TUPLE_ORIG))
        {
            using (var ip = tuple.NestFlagged<CTA_IP>(CTA_TUPLE.CTA_TUPLE_IP))
            {
                ip.Put(CTA_IP.CTA_IP_V6_SRC, InetAddress.Parse("::1").AsSpan());
                ip.Put((CTA_IP)5, (byte)5);
            }

            using (var transport = tuple.NestFlagged<CTA_PROTO>(CTA_TUPLE.CTA_TUPLE_PROTO))
            {
                transport.Put((CTA_PROTO)10, (byte)0x10);
                transport.Put(CTA_PROTO.CTA_PROTO_NUM, (byte)99);
                transport.PutBigEndian(CTA_PROTO.CTA_PROTO_SRC_PORT, (ushort)0);
            }

            tuple.Put((CTA_TUPLE)4, (byte)4);
        }

        using (var info = flow.NestFlagged<CTA_PROTOINFO>(CTA.CTA_PROTOINFO))
        {
            info.Put((CTA_PROTOINFO)4, (byte)4);
            using (var tcp = info.NestFlagged<CTA_PROTOINFO_TCP>(CTA_PROTOINFO.CTA_PROTOINFO_TCP))
            {
                tcp.Put((CTA_PROTOINFO_TCP)6, (ushort)6);
            }

            using (var sctp = info.NestFlagged<CTA_PROTOINFO_SCTP>(CTA_PROTOINFO.CTA_PROTOINFO_SCTP))
            {
                sctp.Put(CTA_PROTOINFO_SCTP.CTA_PROTOINFO_SCTP_STATE, (byte)10);
                sctp.Put((CTA_PROTOINFO_SCTP)4, (byte)4);
            }

            using var dccp = info.NestFlagged<CTA_PROTOINFO_DCCP>(CTA_PROTOINFO.CTA_PROTOINFO_DCCP);
            dccp.Put(CTA_PROTOINFO_DCCP.CTA_PROTOINFO_DCCP_ROLE, (byte)2);
            dccp.Put((CTA_PROTOINFO_DCCP)5, (byte)5);
        }

        using (var counters = flow.NestFlagged<CTA_COUNTERS>(CTA.CTA_COUNTERS_ORIG))
        {
            counters.Put((CTA_COUNTERS)6, (byte)6);
            counters.PutBigEndian(CTA_COUNTERS.CTA_COUNTERS32_BYTES, 1u);
        }

        One<CTA_TIMESTAMP>(flow, CTA.CTA_TIMESTAMP, 4);
        using (var help = flow.NestFlagged<CTA_HELP>(CTA.CTA_HELP))
        {
            help.Put(CTA_HELP.CTA_HELP_INFO, [1, 2]);
            help.Put((CTA_HELP)3, (byte)3);
        }

        One<CTA_SEQADJ>(flow, CTA.CTA_SEQ_ADJ_REPLY, 4);
        One<CTA_SYNPROXY>(flow, CTA.CTA_SYNPROXY, 4);
        One<CTA_SECCTX>(flow, CTA.CTA_SECCTX, 2);
        // More labels than are known.
        flow.Put(CTA.CTA_LABELS, [.. Enumerable.Range(1, 20).Select(static n => (byte)n)]);
        flow.PutBigEndian(CTA.CTA_SECMARK, 7u);
        flow.Put((CTA)28, []);
        flow.PutBigEndian(CTA.CTA_STATUS, 0xffff0008u);
    }

    private static void One<TAttr>(AttributeWriter<CTA> flow, CTA id, ushort unknown)
        where TAttr : unmanaged, Enum
    {
        using var nest = flow.NestFlagged<TAttr>(id);
        nest.Put(System.Runtime.CompilerServices.Unsafe.BitCast<ushort, TAttr>(unknown), (byte)unknown);
    }

    private static string Json(Putter put, InetFamily family = InetFamily.IPv4) => Written(isJson: true, put, family).TrimEnd('\n');

    private static string Written(bool isJson, Putter put, InetFamily family = InetFamily.IPv4)
    {
        var message = MessageWriter.Begin(new byte[1024], ((int)NFNL_SUBSYS.NFNL_SUBSYS_CTNETLINK << 8) | (int)IPCTNL_MSG.IPCTNL_MSG_CT_NEW, default);
        put(message.PutHeader<nfgenmsg, CTA>(new nfgenmsg { nfgen_family = (byte)family }));
        return Written(message.Message.ToArray(), isJson);
    }

    private static string Written(byte[] bytes, bool isJson)
    {
        using var output = new MemoryStream();
        Reports.One(output, isJson, report =>
        {
            foreach (var one in new MessageReader(bytes))
                FlowFields.Write(report, FlowView.Read(one));
        });
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
