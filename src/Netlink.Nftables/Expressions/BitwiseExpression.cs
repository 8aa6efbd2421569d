using System.Runtime.CompilerServices;
using VffNetlink.Diagnostics;
using VffNetlink.Nftables.Uapi;

namespace VffNetlink.Nftables;

/// <summary><c>bitwise</c>: masks and flips a register's bytes, <c>(source &amp; mask) ^ xor</c>, or shifts them.</summary>
/// <remarks>A shift works on words in the machine's order, so what came in network order must be turned around first.</remarks>
public readonly record struct BitwiseExpression : INftExpression<BitwiseExpression>
{
    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Name => "bitwise"u8;

    /// <inheritdoc/>
    public static AttributeSpace Space { get; } = AttributeSpace.Of(
        (NFTA_BITWISE.NFTA_BITWISE_MASK, NftSpaces.Data),
        (NFTA_BITWISE.NFTA_BITWISE_XOR, NftSpaces.Data),
        (NFTA_BITWISE.NFTA_BITWISE_DATA, NftSpaces.Data))
        .With(NftSpaces.Register, NFTA_BITWISE.NFTA_BITWISE_SREG, NFTA_BITWISE.NFTA_BITWISE_DREG, NFTA_BITWISE.NFTA_BITWISE_SREG2)
        .With(ValueFormat.U32BigEndian, NFTA_BITWISE.NFTA_BITWISE_LEN)
        .With(ValueFormat.Names<NFT_BITWISE>(bigEndian: true), NFTA_BITWISE.NFTA_BITWISE_OP);

    /// <summary>Where the operand is.</summary>
    public NftRegister Source { get; init; }

    /// <summary>Where the result goes.</summary>
    public NftRegister Destination { get; init; }

    /// <summary>What is done.</summary>
    public NFT_BITWISE Operation { get; init; }

    /// <summary>Bytes of the operand.</summary>
    public uint Length { get; init; }

    /// <summary>What to keep, with NFT_BITWISE_MASK_XOR; <see cref="Length"/> bytes.</summary>
    public NftData? Mask { get; init; }

    /// <summary>What to flip, with NFT_BITWISE_MASK_XOR; <see cref="Length"/> bytes.</summary>
    public NftData? Xor { get; init; }

    /// <summary>By how many bits to shift (32 bits in the machine's order), or the other operand of the operations of Linux 6.13.</summary>
    public NftData? Data { get; init; }

    /// <summary>The other operand's register, with the operations of Linux 6.13.</summary>
    public NftRegister? Source2 { get; init; }

    /// <summary>Keeps the bits of <paramref name="mask"/> of 32 bits in the machine's order, and flips those of <paramref name="xor"/>.</summary>
    public static BitwiseExpression MaskXor(NftRegister register, uint mask, uint xor = 0) => new()
    {
        Source = register,
        Destination = register,
        Operation = NFT_BITWISE.NFT_BITWISE_MASK_XOR,
        Length = sizeof(uint),
        Mask = NftData.UInt32(mask),
        Xor = NftData.UInt32(xor),
    };

    /// <summary>Shifts 32 bits in the machine's order to the left.</summary>
    public static BitwiseExpression ShiftLeft(NftRegister register, uint bits) => Shift(register, NFT_BITWISE.NFT_BITWISE_LSHIFT, bits);

    /// <summary>Shifts 32 bits in the machine's order to the right.</summary>
    public static BitwiseExpression ShiftRight(NftRegister register, uint bits) => Shift(register, NFT_BITWISE.NFT_BITWISE_RSHIFT, bits);

    /// <summary>Into a rule.</summary>
    public static implicit operator NftExpression(BitwiseExpression expression) => NftExpression.Of(expression);

    /// <inheritdoc/>
    public void WriteData(AttributeWriter<NFTA_EXPR> expression)
    {
        using var data = expression.NestFlagged<NFTA_BITWISE>(NFTA_EXPR.NFTA_EXPR_DATA);
        Source.Put(data, NFTA_BITWISE.NFTA_BITWISE_SREG);
        Destination.Put(data, NFTA_BITWISE.NFTA_BITWISE_DREG);
        data.PutBigEndian(NFTA_BITWISE.NFTA_BITWISE_OP, (uint)Operation);
        data.PutBigEndian(NFTA_BITWISE.NFTA_BITWISE_LEN, Length);
        Mask?.Put(data, NFTA_BITWISE.NFTA_BITWISE_MASK);
        Xor?.Put(data, NFTA_BITWISE.NFTA_BITWISE_XOR);
        Data?.Put(data, NFTA_BITWISE.NFTA_BITWISE_DATA);
        Source2?.Put(data, NFTA_BITWISE.NFTA_BITWISE_SREG2);
    }

    /// <inheritdoc/>
    public static BitwiseExpression Read(ReadOnlySpan<byte> data)
    {
        var bitwise = default(BitwiseExpression);
        foreach (var a in new AttributeReader<NFTA_BITWISE>(data))
        {
            bitwise = a.Id switch
            {
                NFTA_BITWISE.NFTA_BITWISE_SREG => bitwise with { Source = NftRegister.Read(a) },
                NFTA_BITWISE.NFTA_BITWISE_DREG => bitwise with { Destination = NftRegister.Read(a) },
                NFTA_BITWISE.NFTA_BITWISE_OP => bitwise with { Operation = (NFT_BITWISE)a.ReadUInt32BigEndian() },
                NFTA_BITWISE.NFTA_BITWISE_LEN => bitwise with { Length = a.ReadUInt32BigEndian() },
                NFTA_BITWISE.NFTA_BITWISE_MASK => bitwise with { Mask = NftData.Read(a.Nested<NFTA_DATA>()) },
                NFTA_BITWISE.NFTA_BITWISE_XOR => bitwise with { Xor = NftData.Read(a.Nested<NFTA_DATA>()) },
                NFTA_BITWISE.NFTA_BITWISE_DATA => bitwise with { Data = NftData.Read(a.Nested<NFTA_DATA>()) },
                NFTA_BITWISE.NFTA_BITWISE_SREG2 => bitwise with { Source2 = NftRegister.Read(a) },
                _ => bitwise,
            };
        }

        return bitwise;
    }

    private static BitwiseExpression Shift(NftRegister register, NFT_BITWISE operation, uint bits) => new()
    {
        Source = register,
        Destination = register,
        Operation = operation,
        Length = sizeof(uint),
        Data = NftData.UInt32(bits),
    };

    [ModuleInitializer]
    internal static void Enter() => NftExpressionSpaces.Enter<BitwiseExpression>();
}
