namespace VffNetlink.Nftables.Uapi;

/// <summary><c>enum nft_bitwise_ops</c> of <c>linux/netfilter/nf_tables.h</c>.</summary>
public enum NFT_BITWISE : uint
{
    /// <summary>dreg = (sreg &amp; mask) ^ xor: not, and, or, xor with a constant.</summary>
    NFT_BITWISE_MASK_XOR,

    /// <summary>dreg = sreg &lt;&lt; data.</summary>
    NFT_BITWISE_LSHIFT,

    /// <summary>dreg = sreg &gt;&gt; data.</summary>
    NFT_BITWISE_RSHIFT,

    /// <summary>dreg = sreg &amp; sreg2 or data (Linux 6.13).</summary>
    NFT_BITWISE_AND,

    /// <summary>dreg = sreg | sreg2 or data (Linux 6.13).</summary>
    NFT_BITWISE_OR,

    /// <summary>dreg = sreg ^ sreg2 or data (Linux 6.13).</summary>
    NFT_BITWISE_XOR,
}
