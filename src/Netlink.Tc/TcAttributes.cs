using System.Runtime.CompilerServices;
using VffNetlink.Diagnostics;
using VffNetlink.Tc.Uapi;

namespace VffNetlink.Tc;

/// <summary>
/// The names of the attributes in traffic control's messages, for errors and printers. What is inside <c>TCA_OPTIONS</c> is known for the
/// library's own kinds, and for every other that the process has used.
/// </summary>
public static class TcAttributes
{
    /// <summary>Statistics as all kinds have them: the inside of <c>TCA_STATS2</c> and <c>TCA_ACT_STATS</c>.</summary>
    public static AttributeSpace Statistics { get; } = AttributeSpace.Of<TCA_STATS>()
        .With(ValueFormat.Struct<gnet_stats_basic>(), TCA_STATS.TCA_STATS_BASIC, TCA_STATS.TCA_STATS_BASIC_HW)
        .With(ValueFormat.Struct<gnet_stats_queue>(), TCA_STATS.TCA_STATS_QUEUE)
        .With(ValueFormat.Struct<gnet_stats_rate_est>(), TCA_STATS.TCA_STATS_RATE_EST)
        .With(ValueFormat.Struct<gnet_stats_rate_est64>(), TCA_STATS.TCA_STATS_RATE_EST64)
        .With(ValueFormat.U64, TCA_STATS.TCA_STATS_PKT64);

    /// <summary>A list of actions: nests numbered from 1, each with a <c>TCA_ACT_KIND</c>.</summary>
    public static AttributeSpace Actions { get; } = AttributeSpace.ListOf(AttributeSpace.Of((TCA_ACT.TCA_ACT_STATS, Statistics))
        .WithKinds(TCA_ACT.TCA_ACT_KIND, TCA_ACT.TCA_ACT_OPTIONS, KnownActions.Find)
        .With(ValueFormat.String, TCA_ACT.TCA_ACT_KIND)
        .With(ValueFormat.U32, TCA_ACT.TCA_ACT_INDEX, TCA_ACT.TCA_ACT_IN_HW_COUNT)
        .With(ValueFormat.Bitfield32, TCA_ACT.TCA_ACT_FLAGS, TCA_ACT.TCA_ACT_HW_STATS, TCA_ACT.TCA_ACT_USED_HW_STATS));

    /// <summary>Every message behind a <c>tcmsg</c>: hand it to <see cref="NetlinkBatch.Send(NetlinkSocket, AttributeSpace?, WaitLimit)"/>.</summary>
    public static AttributeSpace Messages { get; } = AttributeSpace.Of<tcmsg, TCA>((TCA.TCA_STATS2, Statistics))
        .WithHeader(ValueFormat.Struct<tcmsg>()
            .Field(nameof(tcmsg.tcm_handle), TcFormats.Handle)
            .Field(nameof(tcmsg.tcm_parent), TcFormats.Handle)
            .Field(nameof(tcmsg.tcm_info), ValueFormat.Hex))
        .WithKinds(TCA.TCA_KIND, TCA.TCA_OPTIONS, KnownKinds.Find)
        .WithKinds(TCA.TCA_KIND, TCA.TCA_XSTATS, KnownKinds.FindStatistics)
        .With(ValueFormat.String, TCA.TCA_KIND, TCA.TCA_EXT_WARN_MSG)
        .With(ValueFormat.Struct<tc_stats>(), TCA.TCA_STATS)
        .With(ValueFormat.U32, TCA.TCA_FCNT, TCA.TCA_CHAIN, TCA.TCA_INGRESS_BLOCK, TCA.TCA_EGRESS_BLOCK)
        .With(ValueFormat.U8, TCA.TCA_HW_OFFLOAD)
        .With(ValueFormat.Flag, TCA.TCA_DUMP_INVISIBLE)
        .With(ValueFormat.Bitfield32, TCA.TCA_DUMP_FLAGS)
        .WithRequests<RTM_TC>(PutRequest);

    private static void PutRequest(scoped in NetlinkMessage request, scoped ref DefaultInterpolatedStringHandler text)
    {
        if (request.Attributes<tcmsg, TCA>().TryFind(TCA.TCA_KIND, out var kind))
            RequestText.Put(ref text, kind.ReadUtf8());
        RequestText.PutIndex(ref text, request.ReadHeader<tcmsg>().tcm_ifindex);
    }
}
