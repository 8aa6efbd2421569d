namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>enum ctnl_timeout_msg_types</c> of <c>linux/netfilter/nfnetlink_cttimeout.h</c>: the low byte of a message of NFNL_SUBSYS_CTNETLINK_TIMEOUT.</summary>
public enum IPCTNL_MSG_TIMEOUT : byte
{
    /// <summary>Make a policy, or change one.</summary>
    IPCTNL_MSG_TIMEOUT_NEW,

    /// <summary>Get one policy, or dump them.</summary>
    IPCTNL_MSG_TIMEOUT_GET,

    /// <summary>Delete one policy, or, without a name, all that nobody uses.</summary>
    IPCTNL_MSG_TIMEOUT_DELETE,

    /// <summary>Set the timeouts of flows without a policy.</summary>
    IPCTNL_MSG_TIMEOUT_DEFAULT_SET,

    /// <summary>Get the timeouts of flows without a policy.</summary>
    IPCTNL_MSG_TIMEOUT_DEFAULT_GET,
}
