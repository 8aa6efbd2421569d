namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>enum ctattr_secctx</c> of <c>linux/netfilter/nfnetlink_conntrack.h</c>: the security context of a flow.</summary>
public enum CTA_SECCTX : ushort
{
    /// <summary>Not used.</summary>
    CTA_SECCTX_UNSPEC,

    /// <summary>string: as the security module writes it.</summary>
    CTA_SECCTX_NAME,
}
