namespace VffNetlink.Uapi;

/// <summary>The attributes of one operation inside CTRL_ATTR_OPS (<c>linux/genetlink.h</c>).</summary>
public enum CTRL_ATTR_OP : ushort
{
    /// <summary>Not used.</summary>
    CTRL_ATTR_OP_UNSPEC,

    /// <summary>u32: command.</summary>
    CTRL_ATTR_OP_ID,

    /// <summary>u32: GENL_*.</summary>
    CTRL_ATTR_OP_FLAGS,
}
