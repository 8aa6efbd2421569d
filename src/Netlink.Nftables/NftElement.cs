using VffNetlink.Nftables.Uapi;

namespace VffNetlink.Nftables;

/// <summary>A copy of an element, to keep. Whoever reads many looks at <see cref="NftElementView"/> instead, which allocates nothing.</summary>
public sealed record NftElement
{
    /// <summary>The key as it stands in the registers; of an interval its start. Empty for the catch-all element.</summary>
    public required ReadOnlyMemory<byte> Key { get; init; }

    /// <summary>The last key of an interval of several fields; empty otherwise.</summary>
    public ReadOnlyMemory<byte> KeyEnd { get; init; }

    /// <summary>A map's data; empty in a set, and where the data are a verdict or an object.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The verdict, in a map of verdicts.</summary>
    public NftVerdict? Verdict { get; init; }

    /// <summary>Flags.</summary>
    public NFT_SET_ELEM Flags { get; init; }

    /// <summary>How long it lives; null: as the set says.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How long it still lives; null where it does not expire.</summary>
    public TimeSpan? Expiration { get; init; }

    /// <summary>What user space keeps with it.</summary>
    public ReadOnlyMemory<byte> UserData { get; init; }

    /// <summary>Its counter and the like, as the kernel reported.</summary>
    public IReadOnlyList<NftExpression> Expressions { get; init; } = [];

    /// <summary>The comment that <c>nft list</c> shows; null where there is none. Part of <see cref="UserData"/>.</summary>
    public string? Comment => NftUserData.GetString(UserData.Span, NftUserData.CommentType);

    /// <summary>A view of it, for writing it.</summary>
    public NftElementView AsView() => new()
    {
        Key = Key.Span,
        KeyEnd = KeyEnd.Span,
        Data = Data.Span,
        Verdict = Verdict,
        Flags = Flags,
        Timeout = Timeout,
        UserData = UserData.Span,
        Expressions = Expressions,
    };
}
