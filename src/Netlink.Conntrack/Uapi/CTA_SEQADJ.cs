namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>enum ctattr_seqadj</c> of <c>linux/netfilter/nfnetlink_conntrack.h</c>: how TCP sequence numbers of one direction are adjusted. A change needs all three.</summary>
public enum CTA_SEQADJ : ushort
{
    /// <summary>Not used.</summary>
    CTA_SEQADJ_UNSPEC,

    /// <summary>be32: the sequence number from which on the later offset holds.</summary>
    CTA_SEQADJ_CORRECTION_POS,

    /// <summary>be32, signed: what is added before it.</summary>
    CTA_SEQADJ_OFFSET_BEFORE,

    /// <summary>be32, signed: what is added behind it.</summary>
    CTA_SEQADJ_OFFSET_AFTER,
}
