using VffNetlink.Conntrack.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>What a SYN proxy keeps of a connection. A flow that was made over netlink has one in any case, of zeros.</summary>
/// <param name="InitialSequence">The initial sequence number that the proxy chose.</param>
/// <param name="InitialTimestamp">The initial TCP timestamp.</param>
/// <param name="TimestampOffset">The difference of the two sides' timestamps.</param>
public readonly record struct SynProxyState(uint InitialSequence, uint InitialTimestamp, uint TimestampOffset)
{
    /// <summary>Reads the inside of CTA_SYNPROXY.</summary>
    internal static SynProxyState Read(AttributeReader<CTA_SYNPROXY> attributes)
    {
        var state = default(SynProxyState);
        foreach (var a in attributes)
        {
            switch (a.Id)
            {
                case CTA_SYNPROXY.CTA_SYNPROXY_ISN:
                    state = state with { InitialSequence = a.ReadUInt32BigEndian() };
                    break;
                case CTA_SYNPROXY.CTA_SYNPROXY_ITS:
                    state = state with { InitialTimestamp = a.ReadUInt32BigEndian() };
                    break;
                case CTA_SYNPROXY.CTA_SYNPROXY_TSOFF:
                    state = state with { TimestampOffset = a.ReadUInt32BigEndian() };
                    break;
            }
        }

        return state;
    }

    /// <summary>Puts the nest.</summary>
    internal void Write(AttributeWriter<CTA> attributes)
    {
        using var nest = attributes.NestFlagged<CTA_SYNPROXY>(CTA.CTA_SYNPROXY);
        nest.PutBigEndian(CTA_SYNPROXY.CTA_SYNPROXY_ISN, InitialSequence);
        nest.PutBigEndian(CTA_SYNPROXY.CTA_SYNPROXY_ITS, InitialTimestamp);
        nest.PutBigEndian(CTA_SYNPROXY.CTA_SYNPROXY_TSOFF, TimestampOffset);
    }
}
