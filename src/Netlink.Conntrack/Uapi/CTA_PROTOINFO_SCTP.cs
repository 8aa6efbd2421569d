namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>enum ctattr_protoinfo_sctp</c> of <c>linux/netfilter/nfnetlink_conntrack.h</c>: an SCTP association. A change needs all three.</summary>
public enum CTA_PROTOINFO_SCTP : ushort
{
    /// <summary>Not used.</summary>
    CTA_PROTOINFO_SCTP_UNSPEC,

    /// <summary>u8: <see cref="SCTP_CONNTRACK"/>.</summary>
    CTA_PROTOINFO_SCTP_STATE,

    /// <summary>be32: the verification tag of the original direction.</summary>
    CTA_PROTOINFO_SCTP_VTAG_ORIGINAL,

    /// <summary>be32: the verification tag of the other direction.</summary>
    CTA_PROTOINFO_SCTP_VTAG_REPLY,
}
