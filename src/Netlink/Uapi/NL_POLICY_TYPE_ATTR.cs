namespace VffNetlink.Uapi;

/// <summary><c>enum netlink_policy_type_attr</c> of <c>linux/netlink.h</c>: what is inside <see cref="NLMSGERR_ATTR.NLMSGERR_ATTR_POLICY"/>.</summary>
public enum NL_POLICY_TYPE_ATTR : ushort
{
    /// <summary>Not used.</summary>
    NL_POLICY_TYPE_ATTR_UNSPEC,

    /// <summary>u32: <see cref="NL_ATTR_TYPE"/>.</summary>
    NL_POLICY_TYPE_ATTR_TYPE,

    /// <summary>s64: the least value.</summary>
    NL_POLICY_TYPE_ATTR_MIN_VALUE_S,

    /// <summary>s64: the greatest value.</summary>
    NL_POLICY_TYPE_ATTR_MAX_VALUE_S,

    /// <summary>u64: the least value.</summary>
    NL_POLICY_TYPE_ATTR_MIN_VALUE_U,

    /// <summary>u64: the greatest value.</summary>
    NL_POLICY_TYPE_ATTR_MAX_VALUE_U,

    /// <summary>u32: bytes at least.</summary>
    NL_POLICY_TYPE_ATTR_MIN_LENGTH,

    /// <summary>u32: bytes at most.</summary>
    NL_POLICY_TYPE_ATTR_MAX_LENGTH,

    /// <summary>u32: the number of the policy inside a nest, in a dump of policies.</summary>
    NL_POLICY_TYPE_ATTR_POLICY_IDX,

    /// <summary>u32: the greatest attribute inside a nest.</summary>
    NL_POLICY_TYPE_ATTR_POLICY_MAXTYPE,

    /// <summary>u32: the bits that may be set in a bitfield32.</summary>
    NL_POLICY_TYPE_ATTR_BITFIELD32_MASK,

    /// <summary>Padding before 64-bit values.</summary>
    NL_POLICY_TYPE_ATTR_PAD,

    /// <summary>u64: the bits that may be set.</summary>
    NL_POLICY_TYPE_ATTR_MASK,
}
