using VffNetlink.Conntrack.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>What connection tracking knows of an SCTP association.</summary>
/// <param name="State">How far it got.</param>
/// <param name="OriginalTag">The verification tag of the original direction's packets; null: not sent, as with its end. A request needs it.</param>
/// <param name="ReplyTag">The verification tag of the other direction's packets; null: not sent, as with its end. A request needs it.</param>
public readonly record struct SctpTracking(SctpState State, uint? OriginalTag, uint? ReplyTag)
{
    /// <summary>Reads the inside of CTA_PROTOINFO_SCTP.</summary>
    internal static SctpTracking Read(AttributeReader<CTA_PROTOINFO_SCTP> attributes)
    {
        var sctp = default(SctpTracking);
        foreach (var a in attributes)
        {
            switch (a.Id)
            {
                case CTA_PROTOINFO_SCTP.CTA_PROTOINFO_SCTP_STATE:
                    sctp = sctp with { State = (SctpState)a.ReadByte() };
                    break;
                case CTA_PROTOINFO_SCTP.CTA_PROTOINFO_SCTP_VTAG_ORIGINAL:
                    sctp = sctp with { OriginalTag = a.ReadUInt32BigEndian() };
                    break;
                case CTA_PROTOINFO_SCTP.CTA_PROTOINFO_SCTP_VTAG_REPLY:
                    sctp = sctp with { ReplyTag = a.ReadUInt32BigEndian() };
                    break;
            }
        }

        return sctp;
    }

    /// <summary>Puts CTA_PROTOINFO.</summary>
    internal void Write(AttributeWriter<CTA> attributes)
    {
        using var info = attributes.NestFlagged<CTA_PROTOINFO>(CTA.CTA_PROTOINFO);
        using var sctp = info.NestFlagged<CTA_PROTOINFO_SCTP>(CTA_PROTOINFO.CTA_PROTOINFO_SCTP);
        sctp.Put(CTA_PROTOINFO_SCTP.CTA_PROTOINFO_SCTP_STATE, (byte)State);
        if (OriginalTag is { } original)
            sctp.PutBigEndian(CTA_PROTOINFO_SCTP.CTA_PROTOINFO_SCTP_VTAG_ORIGINAL, original);
        if (ReplyTag is { } reply)
            sctp.PutBigEndian(CTA_PROTOINFO_SCTP.CTA_PROTOINFO_SCTP_VTAG_REPLY, reply);
    }
}
