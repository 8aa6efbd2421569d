using VffNetlink.Conntrack.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>What connection tracking knows of a TCP connection. What is null is not sent, and the kernel leaves it as it is.</summary>
public readonly record struct TcpTracking
{
    /// <summary>How far the connection got.</summary>
    public TcpState? State { get; init; }

    /// <summary>
    /// Binary digits that the original direction's windows are shifted by. The kernel takes both directions' or none, and only where both have
    /// <see cref="TcpFlags.WindowScale"/>; else it ignores them.
    /// </summary>
    public byte? OriginalWindowScale { get; init; }

    /// <summary>Binary digits that the other direction's windows are shifted by; otherwise as <see cref="OriginalWindowScale"/>.</summary>
    public byte? ReplyWindowScale { get; init; }

    /// <summary>What the side that opened did. Sent, these are the flags to set; others stay, unless <see cref="OriginalFlagsMask"/> has them.</summary>
    public TcpFlags? OriginalFlags { get; init; }

    /// <summary>What the other side did. Sent, these are the flags to set; others stay, unless <see cref="ReplyFlagsMask"/> has them.</summary>
    public TcpFlags? ReplyFlags { get; init; }

    /// <summary>In a request, the flags that become as <see cref="OriginalFlags"/> says, set or not; null: those that are set there.</summary>
    public TcpFlags? OriginalFlagsMask { get; init; }

    /// <summary>In a request, the flags that become as <see cref="ReplyFlags"/> says, set or not; null: those that are set there.</summary>
    public TcpFlags? ReplyFlagsMask { get; init; }

    /// <summary>Reads the inside of CTA_PROTOINFO_TCP.</summary>
    internal static TcpTracking Read(AttributeReader<CTA_PROTOINFO_TCP> attributes)
    {
        var tcp = default(TcpTracking);
        foreach (var a in attributes)
        {
            switch (a.Id)
            {
                case CTA_PROTOINFO_TCP.CTA_PROTOINFO_TCP_STATE:
                    tcp = tcp with { State = (TcpState)a.ReadByte() };
                    break;
                case CTA_PROTOINFO_TCP.CTA_PROTOINFO_TCP_WSCALE_ORIGINAL:
                    tcp = tcp with { OriginalWindowScale = a.ReadByte() };
                    break;
                case CTA_PROTOINFO_TCP.CTA_PROTOINFO_TCP_WSCALE_REPLY:
                    tcp = tcp with { ReplyWindowScale = a.ReadByte() };
                    break;
                case CTA_PROTOINFO_TCP.CTA_PROTOINFO_TCP_FLAGS_ORIGINAL:
                    var original = a.ReadStruct<nf_ct_tcp_flags>();
                    tcp = tcp with { OriginalFlags = (TcpFlags)original.flags, OriginalFlagsMask = MaskOf(original) };
                    break;
                case CTA_PROTOINFO_TCP.CTA_PROTOINFO_TCP_FLAGS_REPLY:
                    var reply = a.ReadStruct<nf_ct_tcp_flags>();
                    tcp = tcp with { ReplyFlags = (TcpFlags)reply.flags, ReplyFlagsMask = MaskOf(reply) };
                    break;
            }
        }

        return tcp;
    }

    /// <summary>Puts CTA_PROTOINFO with what is not null.</summary>
    internal void Write(AttributeWriter<CTA> attributes)
    {
        using var info = attributes.NestFlagged<CTA_PROTOINFO>(CTA.CTA_PROTOINFO);
        using var tcp = info.NestFlagged<CTA_PROTOINFO_TCP>(CTA_PROTOINFO.CTA_PROTOINFO_TCP);
        if (State is { } state)
            tcp.Put(CTA_PROTOINFO_TCP.CTA_PROTOINFO_TCP_STATE, (byte)state);
        if (OriginalFlags is { } original)
            tcp.PutStruct(CTA_PROTOINFO_TCP.CTA_PROTOINFO_TCP_FLAGS_ORIGINAL, Set(original, OriginalFlagsMask));
        if (ReplyFlags is { } reply)
            tcp.PutStruct(CTA_PROTOINFO_TCP.CTA_PROTOINFO_TCP_FLAGS_REPLY, Set(reply, ReplyFlagsMask));
        if (OriginalWindowScale is { } originalScale)
            tcp.Put(CTA_PROTOINFO_TCP.CTA_PROTOINFO_TCP_WSCALE_ORIGINAL, originalScale);
        if (ReplyWindowScale is { } replyScale)
            tcp.Put(CTA_PROTOINFO_TCP.CTA_PROTOINFO_TCP_WSCALE_REPLY, replyScale);
    }

    private static nf_ct_tcp_flags Set(TcpFlags flags, TcpFlags? mask) => new() { flags = (IP_CT_TCP_FLAG)flags, mask = (IP_CT_TCP_FLAG)(mask ?? flags) };

    /// <summary>The kernel sends no mask.</summary>
    private static TcpFlags? MaskOf(nf_ct_tcp_flags flags) => flags.mask == 0 || flags.mask == flags.flags ? null : (TcpFlags)flags.mask;
}
