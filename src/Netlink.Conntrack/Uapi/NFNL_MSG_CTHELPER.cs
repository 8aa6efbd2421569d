namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>enum nfnl_cthelper_msg_types</c> of <c>linux/netfilter/nfnetlink_cthelper.h</c>: the low byte of a message of NFNL_SUBSYS_CTHELPER.</summary>
public enum NFNL_MSG_CTHELPER : byte
{
    /// <summary>Make a helper in user space, or change one.</summary>
    NFNL_MSG_CTHELPER_NEW,

    /// <summary>Get one helper, or dump them.</summary>
    NFNL_MSG_CTHELPER_GET,

    /// <summary>Delete one helper, or, without a name, all of them.</summary>
    NFNL_MSG_CTHELPER_DEL,
}
