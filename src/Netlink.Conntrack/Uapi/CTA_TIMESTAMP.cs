namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>enum ctattr_tstamp</c> of <c>linux/netfilter/nfnetlink_conntrack.h</c>: a flow's begin and end.</summary>
public enum CTA_TIMESTAMP : ushort
{
    /// <summary>Not used.</summary>
    CTA_TIMESTAMP_UNSPEC,

    /// <summary>be64: nanoseconds since 1970.</summary>
    CTA_TIMESTAMP_START,

    /// <summary>be64: nanoseconds since 1970.</summary>
    CTA_TIMESTAMP_STOP,

    /// <summary>Padding.</summary>
    CTA_TIMESTAMP_PAD,
}
