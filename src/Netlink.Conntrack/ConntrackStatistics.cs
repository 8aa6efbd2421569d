using VffNetlink.Conntrack.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>How full the table is.</summary>
/// <param name="Entries">Flows in this network namespace, those included that ended and were not yet removed.</param>
/// <param name="Maximum">Flows that it may hold (<c>nf_conntrack_max</c>); null before Linux 4.18.</param>
public readonly record struct ConntrackStatistics(uint Entries, uint? Maximum)
{
    /// <summary>Reads the reply to IPCTNL_MSG_CT_GET_STATS.</summary>
    internal static ConntrackStatistics Read(AttributeReader<CTA_STATS_GLOBAL> attributes)
    {
        uint? entries = null, maximum = null;
        foreach (var a in attributes)
        {
            switch (a.Id)
            {
                case CTA_STATS_GLOBAL.CTA_STATS_GLOBAL_ENTRIES:
                    entries = a.ReadUInt32BigEndian();
                    break;
                case CTA_STATS_GLOBAL.CTA_STATS_GLOBAL_MAX_ENTRIES:
                    maximum = a.ReadUInt32BigEndian();
                    break;
            }
        }

        return entries is { } count
            ? new ConntrackStatistics(count, maximum)
            : throw new NetlinkFormatException("Statistics of connection tracking without CTA_STATS_GLOBAL_ENTRIES.");
    }
}
