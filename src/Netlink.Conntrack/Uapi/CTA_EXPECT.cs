namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>enum ctattr_expect</c> of <c>linux/netfilter/nfnetlink_conntrack.h</c>: the attributes of an expectation. Numbers are in network byte order.</summary>
public enum CTA_EXPECT : ushort
{
    /// <summary>Not used.</summary>
    CTA_EXPECT_UNSPEC,

    /// <summary>nest of <see cref="CTA_TUPLE"/>: the original tuple of the flow whose helper expects.</summary>
    CTA_EXPECT_MASTER,

    /// <summary>nest of <see cref="CTA_TUPLE"/>: what is expected.</summary>
    CTA_EXPECT_TUPLE,

    /// <summary>nest of <see cref="CTA_TUPLE"/>: which bits of it are compared.</summary>
    CTA_EXPECT_MASK,

    /// <summary>be32: seconds until it is given up.</summary>
    CTA_EXPECT_TIMEOUT,

    /// <summary>32 bits without meaning, which keep apart two expectations of the same tuple.</summary>
    CTA_EXPECT_ID,

    /// <summary>string: the helper of the expected flow.</summary>
    CTA_EXPECT_HELP_NAME,

    /// <summary>be16: the zone.</summary>
    CTA_EXPECT_ZONE,

    /// <summary>be32: <see cref="NF_CT_EXPECT"/>.</summary>
    CTA_EXPECT_FLAGS,

    /// <summary>be32: which of the helper's policies it counts for.</summary>
    CTA_EXPECT_CLASS,

    /// <summary>nest of <see cref="CTA_EXPECT_NAT"/>: how the expected flow is translated.</summary>
    CTA_EXPECT_NAT,

    /// <summary>string: the function that the kernel calls when the flow comes.</summary>
    CTA_EXPECT_FN,
}
