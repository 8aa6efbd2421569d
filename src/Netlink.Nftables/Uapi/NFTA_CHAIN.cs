namespace VffNetlink.Nftables.Uapi;

/// <summary><c>enum nft_chain_attributes</c> of <c>linux/netfilter/nf_tables.h</c>.</summary>
public enum NFTA_CHAIN : ushort
{
    /// <summary>Not used.</summary>
    NFTA_CHAIN_UNSPEC,

    /// <summary>string: its table.</summary>
    NFTA_CHAIN_TABLE,

    /// <summary>u64, network order: its number.</summary>
    NFTA_CHAIN_HANDLE,

    /// <summary>string: its name.</summary>
    NFTA_CHAIN_NAME,

    /// <summary>nest of NFTA_HOOK: where it is hooked in.</summary>
    NFTA_CHAIN_HOOK,

    /// <summary>u32, network order: NF_ACCEPT or NF_DROP.</summary>
    NFTA_CHAIN_POLICY,

    /// <summary>u32, network order: its rules, and the jumps to it.</summary>
    NFTA_CHAIN_USE,

    /// <summary>string: filter, route or nat.</summary>
    NFTA_CHAIN_TYPE,

    /// <summary>nest of NFTA_COUNTER: what its policy met.</summary>
    NFTA_CHAIN_COUNTERS,

    /// <summary>Not used: padding.</summary>
    NFTA_CHAIN_PAD,

    /// <summary>u32, network order: NFT_CHAIN.</summary>
    NFTA_CHAIN_FLAGS,

    /// <summary>u32, network order: a number for the rest of the transaction to name it by.</summary>
    NFTA_CHAIN_ID,

    /// <summary>binary: what user space keeps there, such as a comment.</summary>
    NFTA_CHAIN_USERDATA,
}
