namespace VffNetlink.Nftables.Uapi;

/// <summary><c>enum ip_conntrack_dir</c> of <c>linux/netfilter/nf_conntrack_tuple_common.h</c>.</summary>
public enum IP_CT_DIR : byte
{
    /// <summary>As the flow began.</summary>
    IP_CT_DIR_ORIGINAL,

    /// <summary>The other way.</summary>
    IP_CT_DIR_REPLY,
}
