namespace VffNetlink.Nftables.Uapi;

/// <summary><c>enum nft_counter_attributes</c> of <c>linux/netfilter/nf_tables.h</c>.</summary>
public enum NFTA_COUNTER : ushort
{
    /// <summary>Not used.</summary>
    NFTA_COUNTER_UNSPEC,

    /// <summary>u64, network order: bytes.</summary>
    NFTA_COUNTER_BYTES,

    /// <summary>u64, network order: packets.</summary>
    NFTA_COUNTER_PACKETS,

    /// <summary>Not used: padding.</summary>
    NFTA_COUNTER_PAD,
}
