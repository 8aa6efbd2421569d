namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>enum ctattr_timeout_generic</c> of <c>linux/netfilter/nfnetlink_cttimeout.h</c>: timeouts of transports that have no states. All are be32, seconds.</summary>
public enum CTA_TIMEOUT_GENERIC : ushort
{
    /// <summary>Not used.</summary>
    CTA_TIMEOUT_GENERIC_UNSPEC,

    /// <summary>The only one.</summary>
    CTA_TIMEOUT_GENERIC_TIMEOUT,
}
