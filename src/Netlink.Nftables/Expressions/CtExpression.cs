using System.Runtime.CompilerServices;
using VffNetlink.Diagnostics;
using VffNetlink.Nftables.Uapi;

namespace VffNetlink.Nftables;

/// <summary>
/// <c>ct</c>: loads what connection tracking knows of a packet's flow into a register, or sets it. Without a flow it does not
/// match, so the rest of its rule is skipped.
/// </summary>
public readonly record struct CtExpression : INftExpression<CtExpression>
{
    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Name => "ct"u8;

    /// <inheritdoc/>
    public static AttributeSpace Space { get; } = AttributeSpace.Of<NFTA_CT>()
        .With(NftSpaces.Register, NFTA_CT.NFTA_CT_DREG, NFTA_CT.NFTA_CT_SREG)
        .With(ValueFormat.Names<NFT_CT>(bigEndian: true), NFTA_CT.NFTA_CT_KEY)
        .With(ValueFormat.Names<IP_CT_DIR>(), NFTA_CT.NFTA_CT_DIRECTION);

    /// <summary>What is loaded or set.</summary>
    public NFT_CT Key { get; init; }

    /// <summary>Where it is loaded to; null where it is set.</summary>
    public NftRegister? Destination { get; init; }

    /// <summary>What it is set from; null where it is loaded.</summary>
    public NftRegister? Source { get; init; }

    /// <summary>Of keys that differ by direction, which one's.</summary>
    public IP_CT_DIR? Direction { get; init; }

    /// <summary>Loads.</summary>
    public static CtExpression Load(NFT_CT key, NftRegister destination, IP_CT_DIR? direction = null) => new() { Key = key, Destination = destination, Direction = direction };

    /// <summary>Sets.</summary>
    public static CtExpression Set(NFT_CT key, NftRegister source, IP_CT_DIR? direction = null) => new() { Key = key, Source = source, Direction = direction };

    /// <summary>Into a rule.</summary>
    public static implicit operator NftExpression(CtExpression expression) => NftExpression.Of(expression);

    /// <inheritdoc/>
    public void WriteData(AttributeWriter<NFTA_EXPR> expression)
    {
        using var data = expression.NestFlagged<NFTA_CT>(NFTA_EXPR.NFTA_EXPR_DATA);
        data.PutBigEndian(NFTA_CT.NFTA_CT_KEY, (uint)Key);
        Destination?.Put(data, NFTA_CT.NFTA_CT_DREG);
        if (Direction is { } direction)
            data.Put(NFTA_CT.NFTA_CT_DIRECTION, (byte)direction);
        Source?.Put(data, NFTA_CT.NFTA_CT_SREG);
    }

    /// <inheritdoc/>
    public static CtExpression Read(ReadOnlySpan<byte> data)
    {
        var ct = default(CtExpression);
        foreach (var a in new AttributeReader<NFTA_CT>(data))
        {
            ct = a.Id switch
            {
                NFTA_CT.NFTA_CT_KEY => ct with { Key = (NFT_CT)a.ReadUInt32BigEndian() },
                NFTA_CT.NFTA_CT_DREG => ct with { Destination = NftRegister.Read(a) },
                NFTA_CT.NFTA_CT_DIRECTION => ct with { Direction = (IP_CT_DIR)a.ReadByte() },
                NFTA_CT.NFTA_CT_SREG => ct with { Source = NftRegister.Read(a) },
                _ => ct,
            };
        }

        return ct;
    }

    [ModuleInitializer]
    internal static void Enter() => NftExpressionSpaces.Enter<CtExpression>();
}
