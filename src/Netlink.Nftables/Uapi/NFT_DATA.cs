namespace VffNetlink.Nftables.Uapi;

/// <summary><c>enum nft_data_types</c> of <c>linux/netfilter/nf_tables.h</c>: the numbers below 0xffffff00 are user space's own.</summary>
public enum NFT_DATA : uint
{
    /// <summary>Bytes.</summary>
    NFT_DATA_VALUE = 0,

    /// <summary>A verdict.</summary>
    NFT_DATA_VERDICT = 0xffffff00,
}
