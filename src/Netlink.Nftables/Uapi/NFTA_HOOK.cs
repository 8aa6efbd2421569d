namespace VffNetlink.Nftables.Uapi;

/// <summary><c>enum nft_hook_attributes</c> of <c>linux/netfilter/nf_tables.h</c>: where a base chain is hooked in.</summary>
public enum NFTA_HOOK : ushort
{
    /// <summary>Not used.</summary>
    NFTA_HOOK_UNSPEC,

    /// <summary>u32, network order: the hook (NF_INET, NF_NETDEV).</summary>
    NFTA_HOOK_HOOKNUM,

    /// <summary>s32, network order: lower is earlier.</summary>
    NFTA_HOOK_PRIORITY,

    /// <summary>string: the one device of an ingress or egress hook.</summary>
    NFTA_HOOK_DEV,

    /// <summary>nest of NFTA_DEVICE: all of them.</summary>
    NFTA_HOOK_DEVS,
}
