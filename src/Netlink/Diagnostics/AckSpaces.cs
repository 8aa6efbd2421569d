using VffNetlink.Uapi;

namespace VffNetlink.Diagnostics;

/// <summary>The names inside the messages that all families share.</summary>
internal static class AckSpaces
{
    private static readonly AttributeSpace Policy = AttributeSpace.Of<NL_POLICY_TYPE_ATTR>()
        .With(ValueFormat.Names<NL_ATTR_TYPE>(), NL_POLICY_TYPE_ATTR.NL_POLICY_TYPE_ATTR_TYPE)
        .With(ValueFormat.S64, NL_POLICY_TYPE_ATTR.NL_POLICY_TYPE_ATTR_MIN_VALUE_S, NL_POLICY_TYPE_ATTR.NL_POLICY_TYPE_ATTR_MAX_VALUE_S)
        .With(ValueFormat.U64, NL_POLICY_TYPE_ATTR.NL_POLICY_TYPE_ATTR_MIN_VALUE_U, NL_POLICY_TYPE_ATTR.NL_POLICY_TYPE_ATTR_MAX_VALUE_U)
        .With(ValueFormat.U32, NL_POLICY_TYPE_ATTR.NL_POLICY_TYPE_ATTR_MIN_LENGTH, NL_POLICY_TYPE_ATTR.NL_POLICY_TYPE_ATTR_MAX_LENGTH)
        .With(ValueFormat.U32, NL_POLICY_TYPE_ATTR.NL_POLICY_TYPE_ATTR_POLICY_IDX, NL_POLICY_TYPE_ATTR.NL_POLICY_TYPE_ATTR_POLICY_MAXTYPE)
        .With(ValueFormat.Hex, NL_POLICY_TYPE_ATTR.NL_POLICY_TYPE_ATTR_BITFIELD32_MASK, NL_POLICY_TYPE_ATTR.NL_POLICY_TYPE_ATTR_MASK);

    /// <summary>The extended acknowledgement.</summary>
    public static AttributeSpace Explanation { get; } = AttributeSpace.Of((NLMSGERR_ATTR.NLMSGERR_ATTR_POLICY, Policy))
        .With(ValueFormat.String, NLMSGERR_ATTR.NLMSGERR_ATTR_MSG)
        .With(ValueFormat.U32, NLMSGERR_ATTR.NLMSGERR_ATTR_OFFS, NLMSGERR_ATTR.NLMSGERR_ATTR_MISS_TYPE, NLMSGERR_ATTR.NLMSGERR_ATTR_MISS_NEST);
}
