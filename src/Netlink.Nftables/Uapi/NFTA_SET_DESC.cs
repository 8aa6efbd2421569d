namespace VffNetlink.Nftables.Uapi;

/// <summary>
/// <c>enum nft_set_desc_attributes</c> of <c>linux/netfilter/nf_tables.h</c>: what is known of a set's elements beforehand.
/// </summary>
public enum NFTA_SET_DESC : ushort
{
    /// <summary>Not used.</summary>
    NFTA_SET_DESC_UNSPEC,

    /// <summary>u32, network order: how many there may be.</summary>
    NFTA_SET_DESC_SIZE,

    /// <summary>nest of NFTA_LIST of NFTA_SET_FIELD: the fields of its keys, for intervals of several fields.</summary>
    NFTA_SET_DESC_CONCAT,
}
