using VffNetlink.Conntrack.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>What went in one direction of a flow. The kernel counts where <c>net.netfilter.nf_conntrack_acct</c> is 1.</summary>
/// <param name="Packets">Packets.</param>
/// <param name="Bytes">Bytes, IP headers included.</param>
public readonly record struct FlowCounters(ulong Packets, ulong Bytes)
{
    /// <summary>Reads the inside of CTA_COUNTERS_ORIG or CTA_COUNTERS_REPLY.</summary>
    internal static FlowCounters Read(AttributeReader<CTA_COUNTERS> attributes)
    {
        ulong packets = 0, bytes = 0;
        foreach (var a in attributes)
        {
            switch (a.Id)
            {
                case CTA_COUNTERS.CTA_COUNTERS_PACKETS:
                    packets = a.ReadUInt64BigEndian();
                    break;
                case CTA_COUNTERS.CTA_COUNTERS_BYTES:
                    bytes = a.ReadUInt64BigEndian();
                    break;
            }
        }

        return new FlowCounters(packets, bytes);
    }
}
