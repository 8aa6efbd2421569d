namespace VffNetlink.Uapi;

/// <summary>The attributes <c>NETNSA_*</c> of <c>linux/net_namespace.h</c>.</summary>
public enum NETNSA : ushort
{
    /// <summary>Not used.</summary>
    NONE,

    /// <summary>s32: number; -1: none.</summary>
    NETNSA_NSID,

    /// <summary>u32: a process in the namespace.</summary>
    NETNSA_PID,

    /// <summary>u32: a descriptor of the namespace.</summary>
    NETNSA_FD,

    /// <summary>s32: number of the namespace whose numbers are asked for.</summary>
    NETNSA_TARGET_NSID,

    /// <summary>s32: the number in the asker's own namespace.</summary>
    NETNSA_CURRENT_NSID,
}
