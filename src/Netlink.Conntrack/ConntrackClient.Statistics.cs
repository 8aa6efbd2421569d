using System.Runtime.CompilerServices;
using VffNetlink.Conntrack.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Conntrack;

/// <content>Statistics.</content>
public sealed partial class ConntrackClient
{
    /// <summary>How full the table is. Allocates nothing.</summary>
    [SkipLocalsInit]
    public bool TryGetStatistics(out ConntrackStatistics statistics, out NetlinkError error)
    {
        Span<byte> buffer = stackalloc byte[FlowRequest.MaximumLength];
        using var replies = _socket.Exchange(FlowRequest.Statistics(buffer).Message, FlowRequest.Space, _limit);
        var found = false;
        statistics = default;
        while (replies.MoveNext())
        {
            statistics = ConntrackStatistics.Read(replies.Current.Attributes<nfgenmsg, CTA_STATS_GLOBAL>());
            found = true;
        }

        error = replies.Error;
        return error.IsSuccess && (found || MissingReply());
    }

    /// <summary>How full the table is.</summary>
    /// <exception cref="NetlinkException">It may not be asked for (EPERM).</exception>
    public ConntrackStatistics GetStatistics() =>
        TryGetStatistics(out var statistics, out var error) ? statistics : throw new NetlinkException(error, "IPCTNL_MSG_CT_GET_STATS");

    /// <summary>What each processor counted in this namespace since it was made.</summary>
    /// <exception cref="NetlinkException">It may not be asked for (EPERM).</exception>
    [SkipLocalsInit]
    public IReadOnlyList<ConntrackCpuStatistics> GetCpuStatistics()
    {
        Span<byte> buffer = stackalloc byte[64];
        return _socket.Dump(
            FlowRequest.CpuStatistics(buffer).Message, ConntrackCatalog.CpuStatistics, "IPCTNL_MSG_CT_GET_STATS_CPU", static (scoped in NetlinkMessage m) => ConntrackCpuStatistics.Read(m), limit: _limit);
    }

    /// <summary>What each processor counted of expectations in this namespace since it was made.</summary>
    /// <exception cref="NetlinkException">It may not be asked for (EPERM).</exception>
    [SkipLocalsInit]
    public IReadOnlyList<ExpectationCpuStatistics> GetExpectationStatistics()
    {
        Span<byte> buffer = stackalloc byte[64];
        return _socket.Dump(
            ExpectationRequest.CpuStatistics(buffer).Message, ConntrackCatalog.ExpectationStatistics, "IPCTNL_MSG_EXP_GET_STATS_CPU", static (scoped in NetlinkMessage m) => ExpectationCpuStatistics.Read(m), limit: _limit);
    }
}
