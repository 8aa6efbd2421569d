namespace VffNetlink.Nftables.Uapi;

/// <summary><c>enum nft_list_attributes</c> of <c>linux/netfilter/nf_tables.h</c>: a list of anything.</summary>
public enum NFTA_LIST : ushort
{
    /// <summary>Not used.</summary>
    NFTA_LIST_UNSPEC,

    /// <summary>nest: one entry.</summary>
    NFTA_LIST_ELEM,
}
