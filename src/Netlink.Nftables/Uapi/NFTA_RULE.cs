namespace VffNetlink.Nftables.Uapi;

/// <summary><c>enum nft_rule_attributes</c> of <c>linux/netfilter/nf_tables.h</c>.</summary>
public enum NFTA_RULE : ushort
{
    /// <summary>Not used.</summary>
    NFTA_RULE_UNSPEC,

    /// <summary>string: its table.</summary>
    NFTA_RULE_TABLE,

    /// <summary>string: its chain.</summary>
    NFTA_RULE_CHAIN,

    /// <summary>u64, network order: its number.</summary>
    NFTA_RULE_HANDLE,

    /// <summary>nest of NFTA_LIST of NFTA_EXPR: what it does.</summary>
    NFTA_RULE_EXPRESSIONS,

    /// <summary>nest of NFTA_RULE_COMPAT: for iptables' extensions.</summary>
    NFTA_RULE_COMPAT,

    /// <summary>u64, network order: the handle of the rule beside which it goes; in a dump the one before it.</summary>
    NFTA_RULE_POSITION,

    /// <summary>binary: what user space keeps there, such as a comment.</summary>
    NFTA_RULE_USERDATA,

    /// <summary>Not used: padding.</summary>
    NFTA_RULE_PAD,

    /// <summary>u32, network order: a number for the rest of the transaction to name it by.</summary>
    NFTA_RULE_ID,

    /// <summary>u32, network order: like NFTA_RULE_POSITION, with the number of NFTA_RULE_ID.</summary>
    NFTA_RULE_POSITION_ID,

    /// <summary>u32, network order: its chain by the number of NFTA_CHAIN_ID.</summary>
    NFTA_RULE_CHAIN_ID,
}
