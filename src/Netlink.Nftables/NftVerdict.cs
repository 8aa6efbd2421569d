using VffNetlink.Nftables.Uapi;

namespace VffNetlink.Nftables;

/// <summary>What happens to a packet next.</summary>
/// <param name="Code">The verdict. The upper 16 bits of NF_QUEUE and NF_DROP carry a queue's or an error's number.</param>
/// <param name="Chain">Where NFT_JUMP and NFT_GOTO go; null with the others.</param>
public readonly record struct NftVerdict(NFT_VERDICT Code, string? Chain = null)
{
    /// <summary>The packet passes this hook's chain.</summary>
    public static NftVerdict Accept => new(NFT_VERDICT.NF_ACCEPT);

    /// <summary>The packet ends here.</summary>
    public static NftVerdict Drop => new(NFT_VERDICT.NF_DROP);

    /// <summary>Back to behind the last jump.</summary>
    public static NftVerdict Return => new(NFT_VERDICT.NFT_RETURN);

    /// <summary>On with the next rule.</summary>
    public static NftVerdict Continue => new(NFT_VERDICT.NFT_CONTINUE);

    /// <summary>On in another chain, and back at its end.</summary>
    public static NftVerdict Jump(string chain) => new(NFT_VERDICT.NFT_JUMP, chain);

    /// <summary>On in another chain, without coming back.</summary>
    public static NftVerdict Goto(string chain) => new(NFT_VERDICT.NFT_GOTO, chain);

    internal void Put<TAttr>(AttributeWriter<TAttr> attributes, TAttr id)
        where TAttr : unmanaged, Enum
    {
        using var verdict = attributes.NestFlagged<NFTA_VERDICT>(id);
        verdict.PutBigEndian(NFTA_VERDICT.NFTA_VERDICT_CODE, (uint)(int)Code);
        if (Chain is not null)
            NftName.Put(verdict, NFTA_VERDICT.NFTA_VERDICT_CHAIN, Chain, "chain");
    }

    internal static NftVerdict Read(AttributeReader<NFTA_VERDICT> attributes)
    {
        var verdict = default(NftVerdict);
        foreach (var a in attributes)
        {
            verdict = a.Id switch
            {
                NFTA_VERDICT.NFTA_VERDICT_CODE => verdict with { Code = (NFT_VERDICT)(int)a.ReadUInt32BigEndian() },
                NFTA_VERDICT.NFTA_VERDICT_CHAIN => verdict with { Chain = a.ReadString() },
                _ => verdict,
            };
        }

        return verdict;
    }
}
