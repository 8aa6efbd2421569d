namespace VffNetlink.Nftables.Uapi;

/// <summary><c>enum nft_set_flags</c> of <c>linux/netfilter/nf_tables.h</c>.</summary>
[Flags]
public enum NFT_SET : uint
{
    /// <summary>No flag.</summary>
    NONE = 0,

    /// <summary>It belongs to the one rule that names it.</summary>
    NFT_SET_ANONYMOUS = 0x1,

    /// <summary>Its elements do not change once a rule uses it.</summary>
    NFT_SET_CONSTANT = 0x2,

    /// <summary>Its elements are intervals.</summary>
    NFT_SET_INTERVAL = 0x4,

    /// <summary>Its elements have data.</summary>
    NFT_SET_MAP = 0x8,

    /// <summary>Its elements may expire.</summary>
    NFT_SET_TIMEOUT = 0x10,

    /// <summary>Packets may change it.</summary>
    NFT_SET_EVAL = 0x20,

    /// <summary>Its data are stateful objects.</summary>
    NFT_SET_OBJECT = 0x40,

    /// <summary>Its intervals have several fields each.</summary>
    NFT_SET_CONCAT = 0x80,

    /// <summary>Its elements have several expressions each.</summary>
    NFT_SET_EXPR = 0x100,
}
