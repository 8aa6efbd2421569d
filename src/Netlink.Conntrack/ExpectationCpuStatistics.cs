using VffNetlink.Conntrack.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>What one processor counted of expectations in a network namespace since it was made. What is null the kernel did not send.</summary>
/// <param name="Cpu">The processor's number.</param>
/// <param name="New">Flows that had been expected.</param>
/// <param name="Created">Expectations made.</param>
/// <param name="Deleted">Expectations removed.</param>
public readonly record struct ExpectationCpuStatistics(int Cpu, uint? New, uint? Created, uint? Deleted)
{
    /// <summary>Reads a part of the answer to IPCTNL_MSG_EXP_GET_STATS_CPU.</summary>
    internal static ExpectationCpuStatistics Read(scoped in NetlinkMessage message)
    {
        var found = default(ExpectationCpuStatistics) with { Cpu = ConntrackCpuStatistics.CpuOf(message) };
        foreach (var a in message.Attributes<nfgenmsg, CTA_STATS_EXP>())
        {
            found = a.Id switch
            {
                CTA_STATS_EXP.CTA_STATS_EXP_NEW => found with { New = a.ReadUInt32BigEndian() },
                CTA_STATS_EXP.CTA_STATS_EXP_CREATE => found with { Created = a.ReadUInt32BigEndian() },
                CTA_STATS_EXP.CTA_STATS_EXP_DELETE => found with { Deleted = a.ReadUInt32BigEndian() },
                _ => found,
            };
        }

        return found;
    }
}
