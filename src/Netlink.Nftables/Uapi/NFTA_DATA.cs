namespace VffNetlink.Nftables.Uapi;

/// <summary><c>enum nft_data_attributes</c> of <c>linux/netfilter/nf_tables.h</c>.</summary>
public enum NFTA_DATA : ushort
{
    /// <summary>Not used.</summary>
    NFTA_DATA_UNSPEC,

    /// <summary>binary: up to 64 bytes.</summary>
    NFTA_DATA_VALUE,

    /// <summary>nest of NFTA_VERDICT.</summary>
    NFTA_DATA_VERDICT,
}
