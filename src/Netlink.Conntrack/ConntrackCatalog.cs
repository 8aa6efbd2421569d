using VffNetlink.Conntrack.Uapi;
using VffNetlink.Diagnostics;
using VffNetlink.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>The names of connection tracking's messages; <see cref="MessageCatalog"/> says how a family adds its own.</summary>
public static class ConntrackCatalog
{
    private static readonly ValueFormat TcpFlags = ValueFormat.Struct<nf_ct_tcp_flags>();

    private static readonly AttributeSpace Tuple = AttributeSpace.Of(
            (CTA_TUPLE.CTA_TUPLE_IP, AttributeSpace.Of<CTA_IP>()
                .With(ValueFormat.Address, CTA_IP.CTA_IP_V4_SRC, CTA_IP.CTA_IP_V4_DST, CTA_IP.CTA_IP_V6_SRC, CTA_IP.CTA_IP_V6_DST)),
            (CTA_TUPLE.CTA_TUPLE_PROTO, AttributeSpace.Of<CTA_PROTO>()
                .With(ValueFormat.Names<IpProtocol>(), CTA_PROTO.CTA_PROTO_NUM)
                .With(ValueFormat.U16BigEndian, CTA_PROTO.CTA_PROTO_SRC_PORT, CTA_PROTO.CTA_PROTO_DST_PORT, CTA_PROTO.CTA_PROTO_ICMP_ID, CTA_PROTO.CTA_PROTO_ICMPV6_ID)
                .With(ValueFormat.U8, CTA_PROTO.CTA_PROTO_ICMP_TYPE, CTA_PROTO.CTA_PROTO_ICMP_CODE, CTA_PROTO.CTA_PROTO_ICMPV6_TYPE, CTA_PROTO.CTA_PROTO_ICMPV6_CODE)))
        .With(ValueFormat.U16BigEndian, CTA_TUPLE.CTA_TUPLE_ZONE);

    private static readonly AttributeSpace Counters = AttributeSpace.Of<CTA_COUNTERS>()
        .With(ValueFormat.U64BigEndian, CTA_COUNTERS.CTA_COUNTERS_PACKETS, CTA_COUNTERS.CTA_COUNTERS_BYTES)
        .With(ValueFormat.U32BigEndian, CTA_COUNTERS.CTA_COUNTERS32_PACKETS, CTA_COUNTERS.CTA_COUNTERS32_BYTES);

    private static readonly AttributeSpace Transport = AttributeSpace.Of(
        (CTA_PROTOINFO.CTA_PROTOINFO_TCP, AttributeSpace.Of<CTA_PROTOINFO_TCP>()
            .With(ValueFormat.Names<TCP_CONNTRACK>(), CTA_PROTOINFO_TCP.CTA_PROTOINFO_TCP_STATE)
            .With(ValueFormat.U8, CTA_PROTOINFO_TCP.CTA_PROTOINFO_TCP_WSCALE_ORIGINAL, CTA_PROTOINFO_TCP.CTA_PROTOINFO_TCP_WSCALE_REPLY)
            .With(TcpFlags, CTA_PROTOINFO_TCP.CTA_PROTOINFO_TCP_FLAGS_ORIGINAL, CTA_PROTOINFO_TCP.CTA_PROTOINFO_TCP_FLAGS_REPLY)),
        (CTA_PROTOINFO.CTA_PROTOINFO_DCCP, AttributeSpace.Of<CTA_PROTOINFO_DCCP>()
            .With(ValueFormat.Names<DccpState>(), CTA_PROTOINFO_DCCP.CTA_PROTOINFO_DCCP_STATE)
            .With(ValueFormat.U8, CTA_PROTOINFO_DCCP.CTA_PROTOINFO_DCCP_ROLE)
            .With(ValueFormat.U64BigEndian, CTA_PROTOINFO_DCCP.CTA_PROTOINFO_DCCP_HANDSHAKE_SEQ)),
        (CTA_PROTOINFO.CTA_PROTOINFO_SCTP, AttributeSpace.Of<CTA_PROTOINFO_SCTP>()
            .With(ValueFormat.Names<SCTP_CONNTRACK>(), CTA_PROTOINFO_SCTP.CTA_PROTOINFO_SCTP_STATE)
            .With(ValueFormat.HexBigEndian, CTA_PROTOINFO_SCTP.CTA_PROTOINFO_SCTP_VTAG_ORIGINAL, CTA_PROTOINFO_SCTP.CTA_PROTOINFO_SCTP_VTAG_REPLY)));

    private static readonly AttributeSpace SequenceAdjustment = AttributeSpace.Of<CTA_SEQADJ>()
        .With(ValueFormat.U32BigEndian, CTA_SEQADJ.CTA_SEQADJ_CORRECTION_POS)
        .With(ValueFormat.S32BigEndian, CTA_SEQADJ.CTA_SEQADJ_OFFSET_BEFORE, CTA_SEQADJ.CTA_SEQADJ_OFFSET_AFTER);

    private static readonly AttributeSpace Nat = AttributeSpace.Of(
            (CTA_NAT.CTA_NAT_PROTO, AttributeSpace.Of<CTA_PROTONAT>().With(ValueFormat.U16BigEndian, CTA_PROTONAT.CTA_PROTONAT_PORT_MIN, CTA_PROTONAT.CTA_PROTONAT_PORT_MAX)))
        .With(ValueFormat.Address, CTA_NAT.CTA_NAT_V4_MINIP, CTA_NAT.CTA_NAT_V4_MAXIP, CTA_NAT.CTA_NAT_V6_MINIP, CTA_NAT.CTA_NAT_V6_MAXIP);

    /// <summary>Flows, behind an <c>nfgenmsg</c>.</summary>
    public static AttributeSpace Flows { get; } = AttributeSpace.Of<nfgenmsg, CTA>(
            (CTA.CTA_TUPLE_ORIG, Tuple),
            (CTA.CTA_TUPLE_REPLY, Tuple),
            (CTA.CTA_TUPLE_MASTER, Tuple),
            (CTA.CTA_PROTOINFO, Transport),
            (CTA.CTA_COUNTERS_ORIG, Counters),
            (CTA.CTA_COUNTERS_REPLY, Counters),
            (CTA.CTA_HELP, AttributeSpace.Of<CTA_HELP>().With(ValueFormat.String, CTA_HELP.CTA_HELP_NAME)),
            (CTA.CTA_NAT_SRC, Nat),
            (CTA.CTA_NAT_DST, Nat),
            (CTA.CTA_SEQ_ADJ_ORIG, SequenceAdjustment),
            (CTA.CTA_SEQ_ADJ_REPLY, SequenceAdjustment),
            (CTA.CTA_SYNPROXY, AttributeSpace.Of<CTA_SYNPROXY>().With(ValueFormat.U32BigEndian, CTA_SYNPROXY.CTA_SYNPROXY_ISN, CTA_SYNPROXY.CTA_SYNPROXY_ITS, CTA_SYNPROXY.CTA_SYNPROXY_TSOFF)),
            (CTA.CTA_SECCTX, AttributeSpace.Of<CTA_SECCTX>().With(ValueFormat.String, CTA_SECCTX.CTA_SECCTX_NAME)),
            (CTA.CTA_TIMESTAMP, AttributeSpace.Of<CTA_TIMESTAMP>().With(ValueFormat.U64BigEndian, CTA_TIMESTAMP.CTA_TIMESTAMP_START, CTA_TIMESTAMP.CTA_TIMESTAMP_STOP)),
            (CTA.CTA_FILTER, AttributeSpace.Of<CTA_FILTER>().With(ValueFormat.Names<CTA_FILTER_F>(), CTA_FILTER.CTA_FILTER_ORIG_FLAGS, CTA_FILTER.CTA_FILTER_REPLY_FLAGS)))
        .WithHeader(Header)
        .With(ValueFormat.Names<IPS>(bigEndian: true), CTA.CTA_STATUS, CTA.CTA_STATUS_MASK)
        .With(ValueFormat.U32BigEndian, CTA.CTA_TIMEOUT, CTA.CTA_USE)
        .With(ValueFormat.HexBigEndian, CTA.CTA_MARK, CTA.CTA_MARK_MASK, CTA.CTA_ID)
        .With(ValueFormat.U16BigEndian, CTA.CTA_ZONE)
        .With(Labels, CTA.CTA_LABELS, CTA.CTA_LABELS_MASK)
        .With(ValueFormat.U64BigEndian, CTA.CTA_TIMESTAMP_EVENT)
        .WithRequests<IPCTNL_MSG>();

    /// <summary>Expectations, behind an <c>nfgenmsg</c>.</summary>
    public static AttributeSpace Expectations { get; } = AttributeSpace.Of<nfgenmsg, CTA_EXPECT>(
            (CTA_EXPECT.CTA_EXPECT_MASTER, Tuple),
            (CTA_EXPECT.CTA_EXPECT_TUPLE, Tuple),
            (CTA_EXPECT.CTA_EXPECT_MASK, Tuple),
            (CTA_EXPECT.CTA_EXPECT_NAT, AttributeSpace.Of((CTA_EXPECT_NAT.CTA_EXPECT_NAT_TUPLE, Tuple)).With(ValueFormat.U32BigEndian, CTA_EXPECT_NAT.CTA_EXPECT_NAT_DIR)))
        .WithHeader(Header)
        .With(ValueFormat.U32BigEndian, CTA_EXPECT.CTA_EXPECT_TIMEOUT, CTA_EXPECT.CTA_EXPECT_CLASS)
        .With(ValueFormat.HexBigEndian, CTA_EXPECT.CTA_EXPECT_ID)
        .With(ValueFormat.U16BigEndian, CTA_EXPECT.CTA_EXPECT_ZONE)
        .With(ValueFormat.Names<NF_CT_EXPECT>(bigEndian: true), CTA_EXPECT.CTA_EXPECT_FLAGS)
        .With(ValueFormat.String, CTA_EXPECT.CTA_EXPECT_HELP_NAME, CTA_EXPECT.CTA_EXPECT_FN)
        .WithRequests<IPCTNL_MSG_EXP>();

    /// <summary>What one processor counted, behind an <c>nfgenmsg</c> with its number.</summary>
    internal static AttributeSpace CpuStatistics { get; } = AttributeSpace.Of<nfgenmsg, CTA_STATS>()
        .WithHeader(Header)
        .With(ValueFormat.U32BigEndian, Enum.GetValues<CTA_STATS>())
        .WithRequests<IPCTNL_MSG>();

    /// <summary>What one processor counted of expectations, behind an <c>nfgenmsg</c> with its number.</summary>
    internal static AttributeSpace ExpectationStatistics { get; } = AttributeSpace.Of<nfgenmsg, CTA_STATS_EXP>()
        .WithHeader(Header)
        .With(ValueFormat.U32BigEndian, Enum.GetValues<CTA_STATS_EXP>())
        .WithRequests<IPCTNL_MSG_EXP>();

    private static readonly AttributeSpace GenericTimeouts = TimeoutSpace<CTA_TIMEOUT_GENERIC>();

    private static readonly Dictionary<IpProtocol, AttributeSpace> TransportTimeouts = new()
    {
        [IpProtocol.Tcp] = TimeoutSpace<CTA_TIMEOUT_TCP>(),
        [IpProtocol.Udp] = TimeoutSpace<CTA_TIMEOUT_UDP>(),
        [IpProtocol.UdpLite] = TimeoutSpace<CTA_TIMEOUT_UDPLITE>(),
        [IpProtocol.Gre] = TimeoutSpace<CTA_TIMEOUT_GRE>(),
        [IpProtocol.Icmp] = TimeoutSpace<CTA_TIMEOUT_ICMP>(),
        [IpProtocol.IcmpV6] = TimeoutSpace<CTA_TIMEOUT_ICMPV6>(),
        [IpProtocol.Sctp] = TimeoutSpace<CTA_TIMEOUT_SCTP>(),
        [IpProtocol.Dccp] = TimeoutSpace<CTA_TIMEOUT_DCCP>(),
    };

    /// <summary>Timeout policies, behind an <c>nfgenmsg</c>.</summary>
    public static AttributeSpace Timeouts { get; } = AttributeSpace.Of<nfgenmsg, CTA_TIMEOUT>()
        .WithHeader(Header)
        .With(ValueFormat.String, CTA_TIMEOUT.CTA_TIMEOUT_NAME)
        .With(ValueFormat.U16BigEndian, CTA_TIMEOUT.CTA_TIMEOUT_L3PROTO)
        .With(ValueFormat.Names<IpProtocol>(), CTA_TIMEOUT.CTA_TIMEOUT_L4PROTO)
        .With(ValueFormat.U32BigEndian, CTA_TIMEOUT.CTA_TIMEOUT_USE)
        .WithKinds(CTA_TIMEOUT.CTA_TIMEOUT_L4PROTO, CTA_TIMEOUT.CTA_TIMEOUT_DATA, static protocol => TimeoutsOf(protocol.IsEmpty ? (byte)0 : protocol[0]))
        .WithRequests<IPCTNL_MSG_TIMEOUT>();

    private static readonly AttributeSpace HelperPolicy = AttributeSpace.Of<NFCTH_POLICY>()
        .With(ValueFormat.String, NFCTH_POLICY.NFCTH_POLICY_NAME)
        .With(ValueFormat.U32BigEndian, NFCTH_POLICY.NFCTH_POLICY_EXPECT_MAX, NFCTH_POLICY.NFCTH_POLICY_EXPECT_TIMEOUT);

    /// <summary>Helpers in user space, behind an <c>nfgenmsg</c>.</summary>
    public static AttributeSpace Helpers { get; } = AttributeSpace.Of<nfgenmsg, NFCTH>(
            (NFCTH.NFCTH_TUPLE, AttributeSpace.Of<NFCTH_TUPLE>()
                .With(ValueFormat.U16BigEndian, NFCTH_TUPLE.NFCTH_TUPLE_L3PROTONUM)
                .With(ValueFormat.Names<IpProtocol>(), NFCTH_TUPLE.NFCTH_TUPLE_L4PROTONUM)),
            (NFCTH.NFCTH_POLICY, AttributeSpace.Of(
                    (NFCTH_POLICY_SET.NFCTH_POLICY_SET1, HelperPolicy),
                    (NFCTH_POLICY_SET.NFCTH_POLICY_SET2, HelperPolicy),
                    (NFCTH_POLICY_SET.NFCTH_POLICY_SET3, HelperPolicy),
                    (NFCTH_POLICY_SET.NFCTH_POLICY_SET4, HelperPolicy))
                .With(ValueFormat.U32BigEndian, NFCTH_POLICY_SET.NFCTH_POLICY_SET_NUM)))
        .WithHeader(Header)
        .With(ValueFormat.String, NFCTH.NFCTH_NAME)
        .With(ValueFormat.U32BigEndian, NFCTH.NFCTH_QUEUE_NUM, NFCTH.NFCTH_PRIV_DATA_LEN)
        .With(ValueFormat.Names<NFCT_HELPER_STATUS>(bigEndian: true), NFCTH.NFCTH_STATUS)
        .WithRequests<NFNL_MSG_CTHELPER>();

    private static readonly AttributeSpace Statistics = AttributeSpace.Of<nfgenmsg, CTA_STATS_GLOBAL>()
        .WithHeader(Header)
        .With(ValueFormat.U32BigEndian, CTA_STATS_GLOBAL.CTA_STATS_GLOBAL_ENTRIES, CTA_STATS_GLOBAL.CTA_STATS_GLOBAL_MAX_ENTRIES)
        .WithRequests<IPCTNL_MSG>();

    /// <summary>All of them.</summary>
    public static MessageCatalog Messages { get; } = MessageCatalog.Empty
        .Add(
            NFNL_SUBSYS.NFNL_SUBSYS_CTNETLINK,
            Flows,
            IPCTNL_MSG.IPCTNL_MSG_CT_NEW,
            IPCTNL_MSG.IPCTNL_MSG_CT_GET,
            IPCTNL_MSG.IPCTNL_MSG_CT_DELETE,
            IPCTNL_MSG.IPCTNL_MSG_CT_GET_CTRZERO,
            IPCTNL_MSG.IPCTNL_MSG_CT_GET_DYING,
            IPCTNL_MSG.IPCTNL_MSG_CT_GET_UNCONFIRMED)
        .Add(NFNL_SUBSYS.NFNL_SUBSYS_CTNETLINK, Statistics, IPCTNL_MSG.IPCTNL_MSG_CT_GET_STATS)
        .Add(NFNL_SUBSYS.NFNL_SUBSYS_CTNETLINK, CpuStatistics, IPCTNL_MSG.IPCTNL_MSG_CT_GET_STATS_CPU)
        .Add(NFNL_SUBSYS.NFNL_SUBSYS_CTNETLINK_EXP, Expectations, IPCTNL_MSG_EXP.IPCTNL_MSG_EXP_NEW, IPCTNL_MSG_EXP.IPCTNL_MSG_EXP_GET, IPCTNL_MSG_EXP.IPCTNL_MSG_EXP_DELETE)
        .Add(NFNL_SUBSYS.NFNL_SUBSYS_CTNETLINK_EXP, ExpectationStatistics, IPCTNL_MSG_EXP.IPCTNL_MSG_EXP_GET_STATS_CPU)
        .Add(NFNL_SUBSYS.NFNL_SUBSYS_CTNETLINK_TIMEOUT, Timeouts, Enum.GetValues<IPCTNL_MSG_TIMEOUT>())
        .Add(NFNL_SUBSYS.NFNL_SUBSYS_CTHELPER, Helpers, Enum.GetValues<NFNL_MSG_CTHELPER>());

    private static AttributeSpace TimeoutSpace<TAttr>()
        where TAttr : unmanaged, Enum => AttributeSpace.Of<TAttr>().With(ValueFormat.U32BigEndian, Enum.GetValues<TAttr>());

    private static AttributeSpace TimeoutsOf(byte protocol) => TransportTimeouts.GetValueOrDefault((IpProtocol)protocol, GenericTimeouts);

    /// <summary>Labels by their numbers.</summary>
    private static ValueFormat Labels => ValueFormat.Of(static (bytes, text) =>
    {
        if (bytes.Length != ConntrackLabels.Size)
            return false;
        text.Append('[').Append(ConntrackLabels.Read(bytes)).Append(']');
        return true;
    });

    private static ValueFormat Header => ValueFormat.Struct<nfgenmsg>()
        .Field(nameof(nfgenmsg.nfgen_family), ValueFormat.Names<InetFamily>())
        .Field(nameof(nfgenmsg.res_id), ValueFormat.U16BigEndian);
}
