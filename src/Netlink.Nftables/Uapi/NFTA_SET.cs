namespace VffNetlink.Nftables.Uapi;

/// <summary><c>enum nft_set_attributes</c> of <c>linux/netfilter/nf_tables.h</c>.</summary>
public enum NFTA_SET : ushort
{
    /// <summary>Not used.</summary>
    NFTA_SET_UNSPEC,

    /// <summary>string: its table.</summary>
    NFTA_SET_TABLE,

    /// <summary>string: its name.</summary>
    NFTA_SET_NAME,

    /// <summary>u32, network order: NFT_SET.</summary>
    NFTA_SET_FLAGS,

    /// <summary>u32, network order: what its keys are; only user space reads it.</summary>
    NFTA_SET_KEY_TYPE,

    /// <summary>u32, network order: bytes of a key.</summary>
    NFTA_SET_KEY_LEN,

    /// <summary>u32, network order: what its data are; NFT_DATA_VERDICT is the kernel's, the rest is user space's.</summary>
    NFTA_SET_DATA_TYPE,

    /// <summary>u32, network order: bytes of the data.</summary>
    NFTA_SET_DATA_LEN,

    /// <summary>u32, network order: NFT_SET_POL.</summary>
    NFTA_SET_POLICY,

    /// <summary>nest of NFTA_SET_DESC.</summary>
    NFTA_SET_DESC,

    /// <summary>u32, network order: a number for the rest of the transaction to name it by.</summary>
    NFTA_SET_ID,

    /// <summary>u64, network order: milliseconds that an element lives unless it says otherwise.</summary>
    NFTA_SET_TIMEOUT,

    /// <summary>u32, network order: milliseconds between two removals of expired elements.</summary>
    NFTA_SET_GC_INTERVAL,

    /// <summary>binary: what user space keeps there, such as the byte order of its keys.</summary>
    NFTA_SET_USERDATA,

    /// <summary>Not used: padding.</summary>
    NFTA_SET_PAD,

    /// <summary>u32, network order: kind of its objects.</summary>
    NFTA_SET_OBJ_TYPE,

    /// <summary>u64, network order: its number.</summary>
    NFTA_SET_HANDLE,

    /// <summary>nest of NFTA_EXPR: what every new element gets.</summary>
    NFTA_SET_EXPR,

    /// <summary>nest of NFTA_LIST of NFTA_EXPR: likewise, where it is more than one.</summary>
    NFTA_SET_EXPRESSIONS,

    /// <summary>string: how it is stored (Linux 6.16).</summary>
    NFTA_SET_TYPE,

    /// <summary>u32, network order: its elements (Linux 6.16).</summary>
    NFTA_SET_COUNT,
}
