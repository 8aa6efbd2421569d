namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>NF_CT_EXPECT_*</c> of <c>linux/netfilter/nf_conntrack_common.h</c>: the flags of an expectation.</summary>
[Flags]
public enum NF_CT_EXPECT : uint
{
    /// <summary>It stays when the expected flow has come.</summary>
    NF_CT_EXPECT_PERMANENT = 0x1,

    /// <summary>It is not looked at.</summary>
    NF_CT_EXPECT_INACTIVE = 0x2,

    /// <summary>It was made by a program, not by a helper in the kernel.</summary>
    NF_CT_EXPECT_USERSPACE = 0x4,
}
