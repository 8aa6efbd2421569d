using System.Runtime.CompilerServices;
using VffNetlink.Diagnostics;
using VffNetlink.Nftables.Uapi;

namespace VffNetlink.Nftables;

/// <summary><c>cmp</c>: goes on where a register's first bytes compare with a constant as they should; else its rule ends there.</summary>
public readonly record struct CmpExpression : INftExpression<CmpExpression>
{
    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Name => "cmp"u8;

    /// <inheritdoc/>
    public static AttributeSpace Space { get; } = AttributeSpace.Of((NFTA_CMP.NFTA_CMP_DATA, NftSpaces.Data))
        .With(NftSpaces.Register, NFTA_CMP.NFTA_CMP_SREG)
        .With(ValueFormat.Names<NFT_CMP>(bigEndian: true), NFTA_CMP.NFTA_CMP_OP);

    /// <summary>What is compared.</summary>
    public NftRegister Source { get; init; }

    /// <summary>How it has to compare.</summary>
    public NFT_CMP Operation { get; init; }

    /// <summary>With what; as many bytes are compared as this has, so a shorter name is a prefix.</summary>
    public NftData Data { get; init; }

    /// <summary>Goes on where both are equal.</summary>
    public static CmpExpression Equal(NftRegister source, NftData data) => new() { Source = source, Operation = NFT_CMP.NFT_CMP_EQ, Data = data };

    /// <summary>Goes on where they differ.</summary>
    public static CmpExpression NotEqual(NftRegister source, NftData data) => new() { Source = source, Operation = NFT_CMP.NFT_CMP_NEQ, Data = data };

    /// <summary>Into a rule.</summary>
    public static implicit operator NftExpression(CmpExpression expression) => NftExpression.Of(expression);

    /// <inheritdoc/>
    public void WriteData(AttributeWriter<NFTA_EXPR> expression)
    {
        using var data = expression.NestFlagged<NFTA_CMP>(NFTA_EXPR.NFTA_EXPR_DATA);
        Source.Put(data, NFTA_CMP.NFTA_CMP_SREG);
        data.PutBigEndian(NFTA_CMP.NFTA_CMP_OP, (uint)Operation);
        Data.Put(data, NFTA_CMP.NFTA_CMP_DATA);
    }

    /// <inheritdoc/>
    public static CmpExpression Read(ReadOnlySpan<byte> data)
    {
        var cmp = default(CmpExpression);
        foreach (var a in new AttributeReader<NFTA_CMP>(data))
        {
            cmp = a.Id switch
            {
                NFTA_CMP.NFTA_CMP_SREG => cmp with { Source = NftRegister.Read(a) },
                NFTA_CMP.NFTA_CMP_OP => cmp with { Operation = (NFT_CMP)a.ReadUInt32BigEndian() },
                NFTA_CMP.NFTA_CMP_DATA => cmp with { Data = NftData.Read(a.Nested<NFTA_DATA>()) },
                _ => cmp,
            };
        }

        return cmp;
    }

    [ModuleInitializer]
    internal static void Enter() => NftExpressionSpaces.Enter<CmpExpression>();
}
