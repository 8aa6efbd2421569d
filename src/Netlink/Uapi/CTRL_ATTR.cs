namespace VffNetlink.Uapi;

/// <summary>The attributes <c>CTRL_ATTR_*</c> of <c>linux/genetlink.h</c>.</summary>
public enum CTRL_ATTR : ushort
{
    /// <summary>Not used.</summary>
    CTRL_ATTR_UNSPEC,

    /// <summary>u16: message type.</summary>
    CTRL_ATTR_FAMILY_ID,

    /// <summary>string: at most 15 bytes.</summary>
    CTRL_ATTR_FAMILY_NAME,

    /// <summary>u32.</summary>
    CTRL_ATTR_VERSION,

    /// <summary>u32: bytes of the family's own header behind <see cref="genlmsghdr"/>.</summary>
    CTRL_ATTR_HDRSIZE,

    /// <summary>u32: the highest attribute.</summary>
    CTRL_ATTR_MAXATTR,

    /// <summary>nest: an array of nests of CTRL_ATTR_OP.</summary>
    CTRL_ATTR_OPS,

    /// <summary>nest: an array of nests of CTRL_ATTR_MCAST_GRP.</summary>
    CTRL_ATTR_MCAST_GROUPS,

    /// <summary>nest.</summary>
    CTRL_ATTR_POLICY,

    /// <summary>nest.</summary>
    CTRL_ATTR_OP_POLICY,

    /// <summary>u32: command.</summary>
    CTRL_ATTR_OP,
}
