namespace VffNetlink.Uapi;

/// <summary>The commands <c>CTRL_CMD_*</c> of the family <c>nlctrl</c> (<c>linux/genetlink.h</c>).</summary>
public enum CTRL_CMD : byte
{
    /// <summary>Not used.</summary>
    CTRL_CMD_UNSPEC,

    /// <summary>A family appeared, or is told.</summary>
    CTRL_CMD_NEWFAMILY,

    /// <summary>A family went away.</summary>
    CTRL_CMD_DELFAMILY,

    /// <summary>Tell about families.</summary>
    CTRL_CMD_GETFAMILY,

    /// <summary>Not used.</summary>
    CTRL_CMD_NEWOPS,

    /// <summary>Not used.</summary>
    CTRL_CMD_DELOPS,

    /// <summary>Not used.</summary>
    CTRL_CMD_GETOPS,

    /// <summary>A multicast group appeared.</summary>
    CTRL_CMD_NEWMCAST_GRP,

    /// <summary>A multicast group went away.</summary>
    CTRL_CMD_DELMCAST_GRP,

    /// <summary>Not used.</summary>
    CTRL_CMD_GETMCAST_GRP,

    /// <summary>Tell a family's attribute policy.</summary>
    CTRL_CMD_GETPOLICY,
}
