namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>enum ctattr_filter</c> of <c>linux/netfilter/nfnetlink_conntrack.h</c>: which parts of the tuples a dump compares (Linux 5.8).</summary>
public enum CTA_FILTER : ushort
{
    /// <summary>Not used.</summary>
    CTA_FILTER_UNSPEC,

    /// <summary>u32 in the machine's byte order: <see cref="CTA_FILTER_F"/> of the original direction.</summary>
    CTA_FILTER_ORIG_FLAGS,

    /// <summary>u32 in the machine's byte order: <see cref="CTA_FILTER_F"/> of the other direction.</summary>
    CTA_FILTER_REPLY_FLAGS,
}
