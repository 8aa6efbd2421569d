namespace VffNetlink.Nftables.Uapi;

/// <summary><c>enum nf_ip_hook_priorities</c> of <c>linux/netfilter_ipv4.h</c>: where things happen within a hook.</summary>
public enum NF_IP_PRI : int
{
    /// <summary>First of all.</summary>
    NF_IP_PRI_FIRST = int.MinValue,

    /// <summary>Before fragments are put together.</summary>
    NF_IP_PRI_RAW_BEFORE_DEFRAG = -450,

    /// <summary>Fragments are put together.</summary>
    NF_IP_PRI_CONNTRACK_DEFRAG = -400,

    /// <summary>Before connection tracking (nft: raw).</summary>
    NF_IP_PRI_RAW = -300,

    /// <summary>SELinux.</summary>
    NF_IP_PRI_SELINUX_FIRST = -225,

    /// <summary>Connection tracking.</summary>
    NF_IP_PRI_CONNTRACK = -200,

    /// <summary>Changes to packets (nft: mangle).</summary>
    NF_IP_PRI_MANGLE = -150,

    /// <summary>Destination NAT (nft: dstnat).</summary>
    NF_IP_PRI_NAT_DST = -100,

    /// <summary>Filtering (nft: filter).</summary>
    NF_IP_PRI_FILTER = 0,

    /// <summary>Security tables (nft: security).</summary>
    NF_IP_PRI_SECURITY = 50,

    /// <summary>Source NAT (nft: srcnat).</summary>
    NF_IP_PRI_NAT_SRC = 100,

    /// <summary>SELinux.</summary>
    NF_IP_PRI_SELINUX_LAST = 225,

    /// <summary>Helpers of connection tracking.</summary>
    NF_IP_PRI_CONNTRACK_HELPER = 300,

    /// <summary>Last of all, where new flows are confirmed.</summary>
    NF_IP_PRI_LAST = int.MaxValue,
}
