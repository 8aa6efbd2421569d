namespace VffNetlink.Nftables.Uapi;

/// <summary><c>enum nft_verdicts</c> of <c>linux/netfilter/nf_tables.h</c> with the netfilter verdicts that share its space.</summary>
public enum NFT_VERDICT : int
{
    /// <summary>Go back to the rule behind the last jump, or apply the policy.</summary>
    NFT_RETURN = -5,

    /// <summary>Go on in another chain, and do not come back.</summary>
    NFT_GOTO = -4,

    /// <summary>Go on in another chain, and come back at its end.</summary>
    NFT_JUMP = -3,

    /// <summary>This rule does not match: go on with the next one.</summary>
    NFT_BREAK = -2,

    /// <summary>Go on with the next expression.</summary>
    NFT_CONTINUE = -1,

    /// <summary>The packet ends here.</summary>
    NF_DROP,

    /// <summary>The packet passes this hook's chain; chains of later priority still see it.</summary>
    NF_ACCEPT,

    /// <summary>Something else has the packet now.</summary>
    NF_STOLEN,

    /// <summary>To user space.</summary>
    NF_QUEUE,
}
