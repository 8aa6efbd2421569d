namespace VffNetlink.Nftables.Uapi;

/// <summary><c>enum nft_set_elem_list_attributes</c> of <c>linux/netfilter/nf_tables.h</c>.</summary>
public enum NFTA_SET_ELEM_LIST : ushort
{
    /// <summary>Not used.</summary>
    NFTA_SET_ELEM_LIST_UNSPEC,

    /// <summary>string: the set's table.</summary>
    NFTA_SET_ELEM_LIST_TABLE,

    /// <summary>string: the set.</summary>
    NFTA_SET_ELEM_LIST_SET,

    /// <summary>nest of NFTA_LIST of NFTA_SET_ELEM: 65,535 bytes at most.</summary>
    NFTA_SET_ELEM_LIST_ELEMENTS,

    /// <summary>u32, network order: the set by the number of NFTA_SET_ID.</summary>
    NFTA_SET_ELEM_LIST_SET_ID,
}
