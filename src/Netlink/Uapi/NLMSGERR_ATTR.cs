namespace VffNetlink.Uapi;

/// <summary><c>enum nlmsgerr_attrs</c> of <c>linux/netlink.h</c>: the extended acknowledgement.</summary>
public enum NLMSGERR_ATTR : ushort
{
    /// <summary>Not used.</summary>
    NLMSGERR_ATTR_UNUSED,

    /// <summary>string: the kernel's words.</summary>
    NLMSGERR_ATTR_MSG,

    /// <summary>u32: offset of the offending attribute from the start of the request.</summary>
    NLMSGERR_ATTR_OFFS,

    /// <summary>binary: what the family adds to a success.</summary>
    NLMSGERR_ATTR_COOKIE,

    /// <summary>nest: the policy that a value broke.</summary>
    NLMSGERR_ATTR_POLICY,

    /// <summary>u32: the attribute that is missing (Linux 6.1).</summary>
    NLMSGERR_ATTR_MISS_TYPE,

    /// <summary>u32: offset of the nest that it is missing from (Linux 6.1).</summary>
    NLMSGERR_ATTR_MISS_NEST,
}
