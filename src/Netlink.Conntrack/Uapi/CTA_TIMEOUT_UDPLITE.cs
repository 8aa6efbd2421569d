namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>enum ctattr_timeout_udplite</c> of <c>linux/netfilter/nfnetlink_cttimeout.h</c>: timeouts of UDP-Lite. All are be32, seconds.</summary>
public enum CTA_TIMEOUT_UDPLITE : ushort
{
    /// <summary>Not used.</summary>
    CTA_TIMEOUT_UDPLITE_UNSPEC,

    /// <summary>While packets went one way only.</summary>
    CTA_TIMEOUT_UDPLITE_UNREPLIED,

    /// <summary>Once packets went both ways.</summary>
    CTA_TIMEOUT_UDPLITE_REPLIED,
}
