namespace VffNetlink.Nftables.Uapi;

/// <summary><c>enum nf_dev_hooks</c> of <c>linux/netfilter.h</c>: the hooks of the family netdev.</summary>
public enum NF_NETDEV : uint
{
    /// <summary>As the device hands it over, behind its tc ingress qdisc.</summary>
    NF_NETDEV_INGRESS,

    /// <summary>Before the device's queueing (Linux 5.16).</summary>
    NF_NETDEV_EGRESS,
}
