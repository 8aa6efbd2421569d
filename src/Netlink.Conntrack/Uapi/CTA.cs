namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>enum ctattr_type</c> of <c>linux/netfilter/nfnetlink_conntrack.h</c>: the attributes of a flow. Numbers are in network byte order.</summary>
public enum CTA : ushort
{
    /// <summary>Not used.</summary>
    CTA_UNSPEC,

    /// <summary>nest of <see cref="CTA_TUPLE"/>: the tuple of the first packet.</summary>
    CTA_TUPLE_ORIG,

    /// <summary>nest of <see cref="CTA_TUPLE"/>: the tuple that answers have.</summary>
    CTA_TUPLE_REPLY,

    /// <summary>be32: <see cref="IPS"/>.</summary>
    CTA_STATUS,

    /// <summary>nest of <see cref="Uapi.CTA_PROTOINFO"/>: the state of the transport.</summary>
    CTA_PROTOINFO,

    /// <summary>nest of <see cref="Uapi.CTA_HELP"/>: the helper.</summary>
    CTA_HELP,

    /// <summary>nest of <see cref="CTA_NAT"/>: how the source is to be translated; only for a new flow, and never sent by the kernel.</summary>
    CTA_NAT_SRC,

    /// <summary>be32: seconds until the flow is forgotten.</summary>
    CTA_TIMEOUT,

    /// <summary>be32: the connection mark.</summary>
    CTA_MARK,

    /// <summary>nest of <see cref="CTA_COUNTERS"/>: what went in the original direction.</summary>
    CTA_COUNTERS_ORIG,

    /// <summary>nest of <see cref="CTA_COUNTERS"/>: what came back.</summary>
    CTA_COUNTERS_REPLY,

    /// <summary>be32: references that the kernel holds.</summary>
    CTA_USE,

    /// <summary>32 bits without meaning, which keep apart two flows that had the same tuple one after the other.</summary>
    CTA_ID,

    /// <summary>nest of <see cref="CTA_NAT"/>: how the destination is to be translated; only for a new flow, and never sent by the kernel.</summary>
    CTA_NAT_DST,

    /// <summary>nest of <see cref="CTA_TUPLE"/>: the flow that this one was expected by.</summary>
    CTA_TUPLE_MASTER,

    /// <summary>nest of <see cref="CTA_SEQADJ"/>: adjustment of TCP sequence numbers in the original direction.</summary>
    CTA_SEQ_ADJ_ORIG,

    /// <summary>nest of <see cref="CTA_SEQADJ"/>: adjustment of TCP sequence numbers of answers.</summary>
    CTA_SEQ_ADJ_REPLY,

    /// <summary>Obsolete.</summary>
    CTA_SECMARK,

    /// <summary>be16: the zone of both directions; not sent for zone 0.</summary>
    CTA_ZONE,

    /// <summary>nest of <see cref="Uapi.CTA_SECCTX"/>: the security context.</summary>
    CTA_SECCTX,

    /// <summary>nest of <see cref="Uapi.CTA_TIMESTAMP"/>: begin and end.</summary>
    CTA_TIMESTAMP,

    /// <summary>be32: the bits of the mark that are meant.</summary>
    CTA_MARK_MASK,

    /// <summary>binary: the labels, 128 bits.</summary>
    CTA_LABELS,

    /// <summary>binary: the labels that are meant.</summary>
    CTA_LABELS_MASK,

    /// <summary>nest of <see cref="Uapi.CTA_SYNPROXY"/>: the state of a SYN proxy.</summary>
    CTA_SYNPROXY,

    /// <summary>nest of <see cref="Uapi.CTA_FILTER"/>: which parts of the tuples a dump compares (Linux 5.8).</summary>
    CTA_FILTER,

    /// <summary>be32: the bits of the status that are meant (Linux 5.15).</summary>
    CTA_STATUS_MASK,

    /// <summary>be64: when an event happened, in nanoseconds since 1970 (Linux 6.14).</summary>
    CTA_TIMESTAMP_EVENT,
}
