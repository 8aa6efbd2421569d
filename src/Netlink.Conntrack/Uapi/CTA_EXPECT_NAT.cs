namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>enum ctattr_expect_nat</c> of <c>linux/netfilter/nfnetlink_conntrack.h</c>: how an expected flow is translated.</summary>
public enum CTA_EXPECT_NAT : ushort
{
    /// <summary>Not used.</summary>
    CTA_EXPECT_NAT_UNSPEC,

    /// <summary>be32: the direction that is translated, 0 the original one, 1 the other.</summary>
    CTA_EXPECT_NAT_DIR,

    /// <summary>nest of <see cref="CTA_TUPLE"/>: address and port before translation.</summary>
    CTA_EXPECT_NAT_TUPLE,
}
