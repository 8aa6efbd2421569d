using System.Runtime.CompilerServices;
using VffNetlink.Diagnostics;
using VffNetlink.Nftables.Uapi;

namespace VffNetlink.Nftables;

/// <summary>
/// <c>meta</c>: loads what is known of a packet beside its bytes into a register, or sets it. Lengths and byte orders are with
/// the keys.
/// </summary>
public readonly record struct MetaExpression : INftExpression<MetaExpression>
{
    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Name => "meta"u8;

    /// <inheritdoc/>
    public static AttributeSpace Space { get; } = AttributeSpace.Of<NFTA_META>()
        .With(NftSpaces.Register, NFTA_META.NFTA_META_DREG, NFTA_META.NFTA_META_SREG)
        .With(ValueFormat.Names<NFT_META>(bigEndian: true), NFTA_META.NFTA_META_KEY);

    /// <summary>What is loaded or set.</summary>
    public NFT_META Key { get; init; }

    /// <summary>Where it is loaded to; null where it is set.</summary>
    public NftRegister? Destination { get; init; }

    /// <summary>What it is set from; null where it is loaded.</summary>
    public NftRegister? Source { get; init; }

    /// <summary>Loads.</summary>
    public static MetaExpression Load(NFT_META key, NftRegister destination) => new() { Key = key, Destination = destination };

    /// <summary>Sets.</summary>
    public static MetaExpression Set(NFT_META key, NftRegister source) => new() { Key = key, Source = source };

    /// <summary>Into a rule.</summary>
    public static implicit operator NftExpression(MetaExpression expression) => NftExpression.Of(expression);

    /// <inheritdoc/>
    public void WriteData(AttributeWriter<NFTA_EXPR> expression)
    {
        using var data = expression.NestFlagged<NFTA_META>(NFTA_EXPR.NFTA_EXPR_DATA);
        data.PutBigEndian(NFTA_META.NFTA_META_KEY, (uint)Key);
        Destination?.Put(data, NFTA_META.NFTA_META_DREG);
        Source?.Put(data, NFTA_META.NFTA_META_SREG);
    }

    /// <inheritdoc/>
    public static MetaExpression Read(ReadOnlySpan<byte> data)
    {
        var meta = default(MetaExpression);
        foreach (var a in new AttributeReader<NFTA_META>(data))
        {
            meta = a.Id switch
            {
                NFTA_META.NFTA_META_KEY => meta with { Key = (NFT_META)a.ReadUInt32BigEndian() },
                NFTA_META.NFTA_META_DREG => meta with { Destination = NftRegister.Read(a) },
                NFTA_META.NFTA_META_SREG => meta with { Source = NftRegister.Read(a) },
                _ => meta,
            };
        }

        return meta;
    }

    [ModuleInitializer]
    internal static void Enter() => NftExpressionSpaces.Enter<MetaExpression>();
}
