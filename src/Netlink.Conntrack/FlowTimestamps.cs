using VffNetlink.Conntrack.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>When a flow began and ended. The kernel notes it where <c>net.netfilter.nf_conntrack_timestamp</c> is 1.</summary>
/// <param name="Start">Nanoseconds since 1970.</param>
/// <param name="Stop">Nanoseconds since 1970; null for a flow that lives.</param>
public readonly record struct FlowTimestamps(ulong Start, ulong? Stop)
{
    /// <summary>Reads the inside of CTA_TIMESTAMP.</summary>
    internal static FlowTimestamps Read(AttributeReader<CTA_TIMESTAMP> attributes)
    {
        ulong start = 0;
        ulong? stop = null;
        foreach (var a in attributes)
        {
            switch (a.Id)
            {
                case CTA_TIMESTAMP.CTA_TIMESTAMP_START:
                    start = a.ReadUInt64BigEndian();
                    break;
                case CTA_TIMESTAMP.CTA_TIMESTAMP_STOP:
                    stop = a.ReadUInt64BigEndian();
                    break;
            }
        }

        return new FlowTimestamps(start, stop);
    }
}
