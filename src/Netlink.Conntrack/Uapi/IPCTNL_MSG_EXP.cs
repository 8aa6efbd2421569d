namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>enum ctnl_exp_msg_types</c> of <c>linux/netfilter/nfnetlink_conntrack.h</c>: the low byte of a message of NFNL_SUBSYS_CTNETLINK_EXP.</summary>
public enum IPCTNL_MSG_EXP : byte
{
    /// <summary>Make an expectation; also what the kernel reports one with.</summary>
    IPCTNL_MSG_EXP_NEW,

    /// <summary>Get one expectation, or dump them, all or those of one flow.</summary>
    IPCTNL_MSG_EXP_GET,

    /// <summary>Delete one expectation, those of a helper, or, without either, all of them; also the report of one that ended.</summary>
    IPCTNL_MSG_EXP_DELETE,

    /// <summary>Statistics per CPU.</summary>
    IPCTNL_MSG_EXP_GET_STATS_CPU,
}
