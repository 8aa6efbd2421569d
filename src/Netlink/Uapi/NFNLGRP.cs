namespace VffNetlink.Uapi;

/// <summary><c>enum nfnetlink_groups</c> of <c>linux/netfilter/nfnetlink.h</c>: the notification groups of NETLINK_NETFILTER.</summary>
public enum NFNLGRP : uint
{
    /// <summary>No group.</summary>
    NFNLGRP_NONE,

    /// <summary>Flows that were made.</summary>
    NFNLGRP_CONNTRACK_NEW,

    /// <summary>Flows that changed.</summary>
    NFNLGRP_CONNTRACK_UPDATE,

    /// <summary>Flows that ended.</summary>
    NFNLGRP_CONNTRACK_DESTROY,

    /// <summary>Expectations that were made.</summary>
    NFNLGRP_CONNTRACK_EXP_NEW,

    /// <summary>Expectations that changed.</summary>
    NFNLGRP_CONNTRACK_EXP_UPDATE,

    /// <summary>Expectations that ended.</summary>
    NFNLGRP_CONNTRACK_EXP_DESTROY,

    /// <summary>Changes of nf_tables.</summary>
    NFNLGRP_NFTABLES,

    /// <summary>Accounting objects over their quota.</summary>
    NFNLGRP_ACCT_QUOTA,

    /// <summary>nf_tables traces.</summary>
    NFNLGRP_NFTRACE,
}
