namespace VffNetlink.Uapi;

/// <summary><c>enum netlink_attribute_type</c> of <c>linux/netlink.h</c>: what the kernel's policies take an attribute for.</summary>
public enum NL_ATTR_TYPE : uint
{
    /// <summary>Not used.</summary>
    NL_ATTR_TYPE_INVALID,

    /// <summary>No bytes.</summary>
    NL_ATTR_TYPE_FLAG,

    /// <summary>8 bits.</summary>
    NL_ATTR_TYPE_U8,

    /// <summary>16 bits.</summary>
    NL_ATTR_TYPE_U16,

    /// <summary>32 bits.</summary>
    NL_ATTR_TYPE_U32,

    /// <summary>64 bits.</summary>
    NL_ATTR_TYPE_U64,

    /// <summary>8 signed bits.</summary>
    NL_ATTR_TYPE_S8,

    /// <summary>16 signed bits.</summary>
    NL_ATTR_TYPE_S16,

    /// <summary>32 signed bits.</summary>
    NL_ATTR_TYPE_S32,

    /// <summary>64 signed bits.</summary>
    NL_ATTR_TYPE_S64,

    /// <summary>Bytes.</summary>
    NL_ATTR_TYPE_BINARY,

    /// <summary>A string.</summary>
    NL_ATTR_TYPE_STRING,

    /// <summary>A string with its NUL.</summary>
    NL_ATTR_TYPE_NUL_STRING,

    /// <summary>Attributes.</summary>
    NL_ATTR_TYPE_NESTED,

    /// <summary>A list of nests.</summary>
    NL_ATTR_TYPE_NESTED_ARRAY,

    /// <summary>Bits and which of them are meant.</summary>
    NL_ATTR_TYPE_BITFIELD32,

    /// <summary>A signed number of 32 or 64 bits (Linux 6.7).</summary>
    NL_ATTR_TYPE_SINT,

    /// <summary>A number of 32 or 64 bits (Linux 6.7).</summary>
    NL_ATTR_TYPE_UINT,
}
