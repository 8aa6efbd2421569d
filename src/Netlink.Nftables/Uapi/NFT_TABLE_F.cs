namespace VffNetlink.Nftables.Uapi;

/// <summary><c>enum nft_table_flags</c> of <c>linux/netfilter/nf_tables.h</c>.</summary>
[Flags]
public enum NFT_TABLE_F : uint
{
    /// <summary>No flag.</summary>
    NONE = 0,

    /// <summary>Its base chains are not hooked in.</summary>
    NFT_TABLE_F_DORMANT = 0x1,

    /// <summary>It belongs to the socket that made it, and goes with it.</summary>
    NFT_TABLE_F_OWNER = 0x2,

    /// <summary>It outlives its owner (Linux 6.9).</summary>
    NFT_TABLE_F_PERSIST = 0x4,
}
