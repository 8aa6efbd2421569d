using VffNetlink.Conntrack.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>The flags of an expectation (<see cref="NF_CT_EXPECT"/>); those of newer kernels are kept.</summary>
[Flags]
public enum ExpectationFlags : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>It stays when the expected flow has come, for more of them.</summary>
    Permanent = NF_CT_EXPECT.NF_CT_EXPECT_PERMANENT,

    /// <summary>It is not looked at.</summary>
    Inactive = NF_CT_EXPECT.NF_CT_EXPECT_INACTIVE,

    /// <summary>It was made by a program, not by a helper in the kernel.</summary>
    UserSpace = NF_CT_EXPECT.NF_CT_EXPECT_USERSPACE,
}
