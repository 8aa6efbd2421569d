namespace VffNetlink.Nftables.Uapi;

/// <summary><c>enum nft_lookup_flags</c> of <c>linux/netfilter/nf_tables.h</c>.</summary>
[Flags]
public enum NFT_LOOKUP_F : uint
{
    /// <summary>No flag.</summary>
    NONE = 0,

    /// <summary>Go on where the key is not there.</summary>
    NFT_LOOKUP_F_INV = 0x1,
}
