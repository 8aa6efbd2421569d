namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>enum ctattr_counters</c> of <c>linux/netfilter/nfnetlink_conntrack.h</c>: what went in one direction.</summary>
public enum CTA_COUNTERS : ushort
{
    /// <summary>Not used.</summary>
    CTA_COUNTERS_UNSPEC,

    /// <summary>be64: packets.</summary>
    CTA_COUNTERS_PACKETS,

    /// <summary>be64: bytes, IP headers included.</summary>
    CTA_COUNTERS_BYTES,

    /// <summary>Not used any more.</summary>
    CTA_COUNTERS32_PACKETS,

    /// <summary>Not used any more.</summary>
    CTA_COUNTERS32_BYTES,

    /// <summary>Padding.</summary>
    CTA_COUNTERS_PAD,
}
