namespace VffNetlink.Nftables.Uapi;

/// <summary><c>enum nft_rule_compat_attributes</c> of <c>linux/netfilter/nf_tables.h</c>.</summary>
public enum NFTA_RULE_COMPAT : ushort
{
    /// <summary>Not used.</summary>
    NFTA_RULE_COMPAT_UNSPEC,

    /// <summary>u32, network order: the protocol.</summary>
    NFTA_RULE_COMPAT_PROTO,

    /// <summary>u32, network order: whether it is inverted.</summary>
    NFTA_RULE_COMPAT_FLAGS,
}
