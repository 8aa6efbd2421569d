namespace VffNetlink.Uapi;

/// <summary>The attributes of one group inside CTRL_ATTR_MCAST_GROUPS (<c>linux/genetlink.h</c>).</summary>
public enum CTRL_ATTR_MCAST_GRP : ushort
{
    /// <summary>Not used.</summary>
    CTRL_ATTR_MCAST_GRP_UNSPEC,

    /// <summary>string: at most 15 bytes.</summary>
    CTRL_ATTR_MCAST_GRP_NAME,

    /// <summary>u32: the number to join.</summary>
    CTRL_ATTR_MCAST_GRP_ID,
}
