using VffNetlink.Conntrack.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>What one processor counted in a network namespace since it was made; the sum over all of them is what happened. What is null the kernel did not send.</summary>
/// <remarks>Newer kernels send less: <c>ignore</c> is gone since Linux 5.10, <c>searched</c>, <c>new</c>, <c>delete</c> and <c>delete_list</c> since older ones.</remarks>
public readonly record struct ConntrackCpuStatistics
{
    /// <summary>The processor's number.</summary>
    public int Cpu { get; init; }

    /// <summary>Steps in hash chains.</summary>
    public uint? Searched { get; init; }

    /// <summary>Look-ups that found a flow.</summary>
    public uint? Found { get; init; }

    /// <summary>Flows made.</summary>
    public uint? New { get; init; }

    /// <summary>Packets that could not be tracked.</summary>
    public uint? Invalid { get; init; }

    /// <summary>Packets that were tracked already.</summary>
    public uint? Ignored { get; init; }

    /// <summary>Flows removed.</summary>
    public uint? Deleted { get; init; }

    /// <summary>Flows put on the list of those that end.</summary>
    public uint? DeletedToList { get; init; }

    /// <summary>Flows put into the table.</summary>
    public uint? Inserted { get; init; }

    /// <summary>Flows that could not be put into the table.</summary>
    public uint? InsertFailed { get; init; }

    /// <summary>Packets dropped because no flow could be made of them.</summary>
    public uint? Dropped { get; init; }

    /// <summary>Flows given up for newer ones because the table was full.</summary>
    public uint? DroppedEarly { get; init; }

    /// <summary>ICMP errors that could not be tracked.</summary>
    public uint? Errors { get; init; }

    /// <summary>Look-ups that began again because the table was resized.</summary>
    public uint? SearchRestarts { get; init; }

    /// <summary>Clashes of two packets of one new flow that were resolved (Linux 5.10).</summary>
    public uint? ClashesResolved { get; init; }

    /// <summary>Flows not made because their hash chain was too long (Linux 5.15).</summary>
    public uint? ChainTooLong { get; init; }

    /// <summary>Reads a part of the answer to IPCTNL_MSG_CT_GET_STATS_CPU.</summary>
    internal static ConntrackCpuStatistics Read(scoped in NetlinkMessage message)
    {
        var found = new ConntrackCpuStatistics { Cpu = CpuOf(message) };
        foreach (var a in message.Attributes<nfgenmsg, CTA_STATS>())
        {
            found = a.Id switch
            {
                CTA_STATS.CTA_STATS_SEARCHED => found with { Searched = a.ReadUInt32BigEndian() },
                CTA_STATS.CTA_STATS_FOUND => found with { Found = a.ReadUInt32BigEndian() },
                CTA_STATS.CTA_STATS_NEW => found with { New = a.ReadUInt32BigEndian() },
                CTA_STATS.CTA_STATS_INVALID => found with { Invalid = a.ReadUInt32BigEndian() },
                CTA_STATS.CTA_STATS_IGNORE => found with { Ignored = a.ReadUInt32BigEndian() },
                CTA_STATS.CTA_STATS_DELETE => found with { Deleted = a.ReadUInt32BigEndian() },
                CTA_STATS.CTA_STATS_DELETE_LIST => found with { DeletedToList = a.ReadUInt32BigEndian() },
                CTA_STATS.CTA_STATS_INSERT => found with { Inserted = a.ReadUInt32BigEndian() },
                CTA_STATS.CTA_STATS_INSERT_FAILED => found with { InsertFailed = a.ReadUInt32BigEndian() },
                CTA_STATS.CTA_STATS_DROP => found with { Dropped = a.ReadUInt32BigEndian() },
                CTA_STATS.CTA_STATS_EARLY_DROP => found with { DroppedEarly = a.ReadUInt32BigEndian() },
                CTA_STATS.CTA_STATS_ERROR => found with { Errors = a.ReadUInt32BigEndian() },
                CTA_STATS.CTA_STATS_SEARCH_RESTART => found with { SearchRestarts = a.ReadUInt32BigEndian() },
                CTA_STATS.CTA_STATS_CLASH_RESOLVE => found with { ClashesResolved = a.ReadUInt32BigEndian() },
                CTA_STATS.CTA_STATS_CHAIN_TOOLONG => found with { ChainTooLong = a.ReadUInt32BigEndian() },
                _ => found,
            };
        }

        return found;
    }

    /// <summary>The processor, which the header names in network byte order.</summary>
    internal static int CpuOf(scoped in NetlinkMessage message) =>
        System.Net.IPAddress.NetworkToHostOrder((short)message.ReadHeader<nfgenmsg>().res_id) & 0xffff;
}
