namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>enum ctattr_tuple</c> of <c>linux/netfilter/nfnetlink_conntrack.h</c>: one direction of a flow.</summary>
public enum CTA_TUPLE : ushort
{
    /// <summary>Not used.</summary>
    CTA_TUPLE_UNSPEC,

    /// <summary>nest of <see cref="CTA_IP"/>: the addresses.</summary>
    CTA_TUPLE_IP,

    /// <summary>nest of <see cref="CTA_PROTO"/>: the transport.</summary>
    CTA_TUPLE_PROTO,

    /// <summary>be16: the zone of this direction alone.</summary>
    CTA_TUPLE_ZONE,
}
