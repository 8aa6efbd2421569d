namespace VffNetlink.Uapi;

/// <summary>What an operation of a family can do (<c>GENL_*</c> of <c>linux/genetlink.h</c>).</summary>
[Flags]
public enum GENL : uint
{
    /// <summary>Nothing.</summary>
    NONE = 0,

    /// <summary>Needs CAP_NET_ADMIN.</summary>
    GENL_ADMIN_PERM = 0x01,

    /// <summary>Can be asked.</summary>
    GENL_CMD_CAP_DO = 0x02,

    /// <summary>Can be dumped.</summary>
    GENL_CMD_CAP_DUMP = 0x04,

    /// <summary>Has a policy.</summary>
    GENL_CMD_CAP_HASPOL = 0x08,

    /// <summary>Needs CAP_NET_ADMIN in the namespace's user namespace.</summary>
    GENL_UNS_ADMIN_PERM = 0x10,
}
