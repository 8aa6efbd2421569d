namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>enum ctattr_protoinfo_tcp</c> of <c>linux/netfilter/nfnetlink_conntrack.h</c>: the state of a TCP connection.</summary>
public enum CTA_PROTOINFO_TCP : ushort
{
    /// <summary>Not used.</summary>
    CTA_PROTOINFO_TCP_UNSPEC,

    /// <summary>u8: <see cref="TCP_CONNTRACK"/>.</summary>
    CTA_PROTOINFO_TCP_STATE,

    /// <summary>u8: the window scale of the original direction.</summary>
    CTA_PROTOINFO_TCP_WSCALE_ORIGINAL,

    /// <summary>u8: the window scale of the other direction.</summary>
    CTA_PROTOINFO_TCP_WSCALE_REPLY,

    /// <summary><see cref="nf_ct_tcp_flags"/> of the original direction.</summary>
    CTA_PROTOINFO_TCP_FLAGS_ORIGINAL,

    /// <summary><see cref="nf_ct_tcp_flags"/> of the other direction.</summary>
    CTA_PROTOINFO_TCP_FLAGS_REPLY,
}
