namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>enum ctattr_protoinfo</c> of <c>linux/netfilter/nfnetlink_conntrack.h</c>: the state of a flow's transport.</summary>
public enum CTA_PROTOINFO : ushort
{
    /// <summary>Not used.</summary>
    CTA_PROTOINFO_UNSPEC,

    /// <summary>nest of <see cref="CTA_PROTOINFO_TCP"/>.</summary>
    CTA_PROTOINFO_TCP,

    /// <summary>nest of <see cref="Uapi.CTA_PROTOINFO_DCCP"/>.</summary>
    CTA_PROTOINFO_DCCP,

    /// <summary>nest of <see cref="Uapi.CTA_PROTOINFO_SCTP"/>.</summary>
    CTA_PROTOINFO_SCTP,
}
