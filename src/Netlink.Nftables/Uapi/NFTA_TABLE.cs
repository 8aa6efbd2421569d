namespace VffNetlink.Nftables.Uapi;

/// <summary><c>enum nft_table_attributes</c> of <c>linux/netfilter/nf_tables.h</c>.</summary>
public enum NFTA_TABLE : ushort
{
    /// <summary>Not used.</summary>
    NFTA_TABLE_UNSPEC,

    /// <summary>string: its name.</summary>
    NFTA_TABLE_NAME,

    /// <summary>u32, network order: NFT_TABLE_F.</summary>
    NFTA_TABLE_FLAGS,

    /// <summary>u32, network order: objects in it.</summary>
    NFTA_TABLE_USE,

    /// <summary>u64, network order: its number.</summary>
    NFTA_TABLE_HANDLE,

    /// <summary>Not used: padding.</summary>
    NFTA_TABLE_PAD,

    /// <summary>binary: what user space keeps there, such as a comment.</summary>
    NFTA_TABLE_USERDATA,

    /// <summary>u32, network order: the port of the socket that owns it.</summary>
    NFTA_TABLE_OWNER,
}
