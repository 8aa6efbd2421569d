namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>enum ctattr_timeout_gre</c> of <c>linux/netfilter/nfnetlink_cttimeout.h</c>: timeouts of GRE. All are be32, seconds.</summary>
public enum CTA_TIMEOUT_GRE : ushort
{
    /// <summary>Not used.</summary>
    CTA_TIMEOUT_GRE_UNSPEC,

    /// <summary>While packets went one way only.</summary>
    CTA_TIMEOUT_GRE_UNREPLIED,

    /// <summary>Once packets went both ways.</summary>
    CTA_TIMEOUT_GRE_REPLIED,
}
