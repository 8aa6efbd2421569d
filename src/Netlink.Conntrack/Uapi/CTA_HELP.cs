namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>enum ctattr_help</c> of <c>linux/netfilter/nfnetlink_conntrack.h</c>: the helper of a flow.</summary>
public enum CTA_HELP : ushort
{
    /// <summary>Not used.</summary>
    CTA_HELP_UNSPEC,

    /// <summary>string: its name; an empty one takes the helper away.</summary>
    CTA_HELP_NAME,

    /// <summary>binary: what a helper in user space keeps with the flow.</summary>
    CTA_HELP_INFO,
}
