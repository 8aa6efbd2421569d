namespace VffNetlink.Nftables.Uapi;

/// <summary><c>enum nf_inet_hooks</c> of <c>linux/netfilter.h</c>: the hooks of the families inet, ip, ip6 and bridge.</summary>
public enum NF_INET : uint
{
    /// <summary>As it arrives.</summary>
    NF_INET_PRE_ROUTING,

    /// <summary>To this host.</summary>
    NF_INET_LOCAL_IN,

    /// <summary>Through this host.</summary>
    NF_INET_FORWARD,

    /// <summary>From this host.</summary>
    NF_INET_LOCAL_OUT,

    /// <summary>As it leaves.</summary>
    NF_INET_POST_ROUTING,

    /// <summary>As a device hands it over (family inet alone).</summary>
    NF_INET_INGRESS,
}
