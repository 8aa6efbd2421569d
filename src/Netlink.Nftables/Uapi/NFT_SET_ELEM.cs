namespace VffNetlink.Nftables.Uapi;

/// <summary><c>enum nft_set_elem_flags</c> of <c>linux/netfilter/nf_tables.h</c>.</summary>
[Flags]
public enum NFT_SET_ELEM : uint
{
    /// <summary>No flag.</summary>
    NONE = 0,

    /// <summary>It ends the interval before it.</summary>
    NFT_SET_ELEM_INTERVAL_END = 0x1,

    /// <summary>It stands for all keys that are not there.</summary>
    NFT_SET_ELEM_CATCHALL = 0x2,
}
