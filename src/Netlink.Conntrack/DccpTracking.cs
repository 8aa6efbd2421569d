using VffNetlink.Conntrack.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>
/// What connection tracking knows of a DCCP connection. Linux tracks DCCP up to 6.15; newer kernels take it for any other transport.
/// </summary>
/// <param name="State">How far it got.</param>
/// <param name="OriginalIsServer">Whether the original direction is the server's; null: not sent, as with its end. A request needs it.</param>
/// <param name="HandshakeSequence">The sequence number of the handshake, 48 bits; null: not sent.</param>
public readonly record struct DccpTracking(DccpState State, bool? OriginalIsServer, ulong? HandshakeSequence)
{
    /// <summary>Reads the inside of CTA_PROTOINFO_DCCP.</summary>
    internal static DccpTracking Read(AttributeReader<CTA_PROTOINFO_DCCP> attributes)
    {
        var dccp = default(DccpTracking);
        foreach (var a in attributes)
        {
            switch (a.Id)
            {
                case CTA_PROTOINFO_DCCP.CTA_PROTOINFO_DCCP_STATE:
                    dccp = dccp with { State = (DccpState)a.ReadByte() };
                    break;
                case CTA_PROTOINFO_DCCP.CTA_PROTOINFO_DCCP_ROLE:
                    dccp = dccp with { OriginalIsServer = a.ReadByte() != 0 };
                    break;
                case CTA_PROTOINFO_DCCP.CTA_PROTOINFO_DCCP_HANDSHAKE_SEQ:
                    dccp = dccp with { HandshakeSequence = a.ReadUInt64BigEndian() };
                    break;
            }
        }

        return dccp;
    }

    /// <summary>Puts CTA_PROTOINFO.</summary>
    internal void Write(AttributeWriter<CTA> attributes)
    {
        using var info = attributes.NestFlagged<CTA_PROTOINFO>(CTA.CTA_PROTOINFO);
        using var dccp = info.NestFlagged<CTA_PROTOINFO_DCCP>(CTA_PROTOINFO.CTA_PROTOINFO_DCCP);
        dccp.Put(CTA_PROTOINFO_DCCP.CTA_PROTOINFO_DCCP_STATE, (byte)State);
        if (OriginalIsServer is { } server)
            dccp.Put(CTA_PROTOINFO_DCCP.CTA_PROTOINFO_DCCP_ROLE, server ? (byte)1 : (byte)0);
        if (HandshakeSequence is { } sequence)
            dccp.PutBigEndian(CTA_PROTOINFO_DCCP.CTA_PROTOINFO_DCCP_HANDSHAKE_SEQ, sequence);
    }
}
