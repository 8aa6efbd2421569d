namespace VffNetlink.Nftables.Uapi;

/// <summary><c>enum nft_set_field_attributes</c> of <c>linux/netfilter/nf_tables.h</c>.</summary>
public enum NFTA_SET_FIELD : ushort
{
    /// <summary>Not used.</summary>
    NFTA_SET_FIELD_UNSPEC,

    /// <summary>u32, network order: bytes of one field.</summary>
    NFTA_SET_FIELD_LEN,
}
