namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>enum cntl_msg_types</c> of <c>linux/netfilter/nfnetlink_conntrack.h</c>: the low byte of a message of NFNL_SUBSYS_CTNETLINK.</summary>
public enum IPCTNL_MSG : byte
{
    /// <summary>Make or change a flow; also what the kernel reports a flow with.</summary>
    IPCTNL_MSG_CT_NEW,

    /// <summary>Get one flow, or dump them.</summary>
    IPCTNL_MSG_CT_GET,

    /// <summary>Delete one flow, or, without a tuple, all of them; also the report of a flow that ended.</summary>
    IPCTNL_MSG_CT_DELETE,

    /// <summary>As GET, and set the counters to zero.</summary>
    IPCTNL_MSG_CT_GET_CTRZERO,

    /// <summary>Statistics per CPU.</summary>
    IPCTNL_MSG_CT_GET_STATS_CPU,

    /// <summary>Statistics of the table.</summary>
    IPCTNL_MSG_CT_GET_STATS,

    /// <summary>Dump the flows that wait for their DESTROY event to be delivered.</summary>
    IPCTNL_MSG_CT_GET_DYING,

    /// <summary>Dump the flows whose first packet is still on its way (empty from Linux 5.19 on).</summary>
    IPCTNL_MSG_CT_GET_UNCONFIRMED,
}
