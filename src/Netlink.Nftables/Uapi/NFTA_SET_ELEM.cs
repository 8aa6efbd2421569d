namespace VffNetlink.Nftables.Uapi;

/// <summary><c>enum nft_set_elem_attributes</c> of <c>linux/netfilter/nf_tables.h</c>.</summary>
public enum NFTA_SET_ELEM : ushort
{
    /// <summary>Not used.</summary>
    NFTA_SET_ELEM_UNSPEC,

    /// <summary>nest of NFTA_DATA: its key.</summary>
    NFTA_SET_ELEM_KEY,

    /// <summary>nest of NFTA_DATA: its data, in a map.</summary>
    NFTA_SET_ELEM_DATA,

    /// <summary>u32, network order: NFT_SET_ELEM.</summary>
    NFTA_SET_ELEM_FLAGS,

    /// <summary>u64, network order: milliseconds that it lives.</summary>
    NFTA_SET_ELEM_TIMEOUT,

    /// <summary>u64, network order: milliseconds that it still lives.</summary>
    NFTA_SET_ELEM_EXPIRATION,

    /// <summary>binary: what user space keeps there.</summary>
    NFTA_SET_ELEM_USERDATA,

    /// <summary>nest of NFTA_EXPR: its counter or the like.</summary>
    NFTA_SET_ELEM_EXPR,

    /// <summary>Not used: padding.</summary>
    NFTA_SET_ELEM_PAD,

    /// <summary>string: its stateful object.</summary>
    NFTA_SET_ELEM_OBJREF,

    /// <summary>nest of NFTA_DATA: the last key of its interval.</summary>
    NFTA_SET_ELEM_KEY_END,

    /// <summary>nest of NFTA_LIST of NFTA_EXPR: likewise, where it is more than one.</summary>
    NFTA_SET_ELEM_EXPRESSIONS,
}
