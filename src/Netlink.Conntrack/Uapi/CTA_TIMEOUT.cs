namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>enum ctattr_timeout</c> of <c>linux/netfilter/nfnetlink_cttimeout.h</c>: the attributes of a timeout policy.</summary>
public enum CTA_TIMEOUT : ushort
{
    /// <summary>Not used.</summary>
    CTA_TIMEOUT_UNSPEC,

    /// <summary>string: its name.</summary>
    CTA_TIMEOUT_NAME,

    /// <summary>be16: the family.</summary>
    CTA_TIMEOUT_L3PROTO,

    /// <summary>u8: IPPROTO_*.</summary>
    CTA_TIMEOUT_L4PROTO,

    /// <summary>nest: seconds, state by state; its space is the transport's.</summary>
    CTA_TIMEOUT_DATA,

    /// <summary>be32: rules and flows that use it.</summary>
    CTA_TIMEOUT_USE,
}
