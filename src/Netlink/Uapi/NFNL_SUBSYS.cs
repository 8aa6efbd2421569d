namespace VffNetlink.Uapi;

/// <summary><c>NFNL_SUBSYS_*</c> of <c>linux/netfilter/nfnetlink.h</c>: the high byte of an nfnetlink message's type.</summary>
public enum NFNL_SUBSYS : byte
{
    /// <summary>None: the batch messages.</summary>
    NFNL_SUBSYS_NONE = 0,

    /// <summary>Connection tracking.</summary>
    NFNL_SUBSYS_CTNETLINK = 1,

    /// <summary>Connection tracking's expectations.</summary>
    NFNL_SUBSYS_CTNETLINK_EXP = 2,

    /// <summary>Connection tracking's timeout policies.</summary>
    NFNL_SUBSYS_CTNETLINK_TIMEOUT = 8,

    /// <summary>Connection tracking's helpers.</summary>
    NFNL_SUBSYS_CTHELPER = 9,

    /// <summary>nf_tables.</summary>
    NFNL_SUBSYS_NFTABLES = 10,
}
