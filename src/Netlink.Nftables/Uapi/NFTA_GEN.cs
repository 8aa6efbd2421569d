namespace VffNetlink.Nftables.Uapi;

/// <summary><c>enum nft_gen_attributes</c> of <c>linux/netfilter/nf_tables.h</c>.</summary>
public enum NFTA_GEN : ushort
{
    /// <summary>Not used.</summary>
    NFTA_GEN_UNSPEC,

    /// <summary>u32, network order: the generation.</summary>
    NFTA_GEN_ID,

    /// <summary>u32, network order: the process that made it.</summary>
    NFTA_GEN_PROC_PID,

    /// <summary>string: that process's name.</summary>
    NFTA_GEN_PROC_NAME,
}
