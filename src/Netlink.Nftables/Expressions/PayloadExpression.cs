using System.Runtime.CompilerServices;
using VffNetlink.Diagnostics;
using VffNetlink.Nftables.Uapi;

namespace VffNetlink.Nftables;

/// <summary><c>payload</c>: loads bytes of a packet into a register, in network order as they are, or writes them and puts the checksums right.</summary>
/// <remarks>A load past the packet's end does not match. The transport header is known only where the rule made sure of a protocol that has one.</remarks>
public readonly record struct PayloadExpression : INftExpression<PayloadExpression>
{
    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Name => "payload"u8;

    /// <inheritdoc/>
    public static AttributeSpace Space { get; } = AttributeSpace.Of<NFTA_PAYLOAD>()
        .With(NftSpaces.Register, NFTA_PAYLOAD.NFTA_PAYLOAD_DREG, NFTA_PAYLOAD.NFTA_PAYLOAD_SREG)
        .With(ValueFormat.Names<NFT_PAYLOAD>(bigEndian: true), NFTA_PAYLOAD.NFTA_PAYLOAD_BASE)
        .With(ValueFormat.Names<NFT_PAYLOAD_CSUM>(bigEndian: true), NFTA_PAYLOAD.NFTA_PAYLOAD_CSUM_TYPE)
        .With(ValueFormat.Names<NFT_PAYLOAD_L4CSUM>(bigEndian: true), NFTA_PAYLOAD.NFTA_PAYLOAD_CSUM_FLAGS)
        .With(ValueFormat.U32BigEndian, NFTA_PAYLOAD.NFTA_PAYLOAD_OFFSET, NFTA_PAYLOAD.NFTA_PAYLOAD_LEN, NFTA_PAYLOAD.NFTA_PAYLOAD_CSUM_OFFSET);

    /// <summary>Where bytes are loaded to; null where they are written.</summary>
    public NftRegister? Destination { get; init; }

    /// <summary>Where bytes to write come from; null where they are loaded.</summary>
    public NftRegister? Source { get; init; }

    /// <summary>Where <see cref="Offset"/> counts from.</summary>
    public NFT_PAYLOAD Base { get; init; }

    /// <summary>Bytes.</summary>
    public uint Offset { get; init; }

    /// <summary>Bytes.</summary>
    public uint Length { get; init; }

    /// <summary>The checksum to put right after a write.</summary>
    public NFT_PAYLOAD_CSUM ChecksumType { get; init; }

    /// <summary>Where that checksum is.</summary>
    public uint ChecksumOffset { get; init; }

    /// <summary>Whether the transport's checksum covers the bytes, too.</summary>
    public NFT_PAYLOAD_L4CSUM ChecksumFlags { get; init; }

    /// <summary>Loads bytes.</summary>
    public static PayloadExpression Load(NFT_PAYLOAD from, uint offset, uint length, NftRegister destination) => new()
    {
        Destination = destination,
        Base = from,
        Offset = offset,
        Length = length,
    };

    /// <summary>Into a rule.</summary>
    public static implicit operator NftExpression(PayloadExpression expression) => NftExpression.Of(expression);

    /// <inheritdoc/>
    public void WriteData(AttributeWriter<NFTA_EXPR> expression)
    {
        using var data = expression.NestFlagged<NFTA_PAYLOAD>(NFTA_EXPR.NFTA_EXPR_DATA);
        Source?.Put(data, NFTA_PAYLOAD.NFTA_PAYLOAD_SREG);
        Destination?.Put(data, NFTA_PAYLOAD.NFTA_PAYLOAD_DREG);
        data.PutBigEndian(NFTA_PAYLOAD.NFTA_PAYLOAD_BASE, (uint)Base);
        data.PutBigEndian(NFTA_PAYLOAD.NFTA_PAYLOAD_OFFSET, Offset);
        data.PutBigEndian(NFTA_PAYLOAD.NFTA_PAYLOAD_LEN, Length);
        if (Source is null)
            return;
        data.PutBigEndian(NFTA_PAYLOAD.NFTA_PAYLOAD_CSUM_TYPE, (uint)ChecksumType);
        data.PutBigEndian(NFTA_PAYLOAD.NFTA_PAYLOAD_CSUM_OFFSET, ChecksumOffset);
        if (ChecksumFlags != NFT_PAYLOAD_L4CSUM.NONE)
            data.PutBigEndian(NFTA_PAYLOAD.NFTA_PAYLOAD_CSUM_FLAGS, (uint)ChecksumFlags);
    }

    /// <inheritdoc/>
    public static PayloadExpression Read(ReadOnlySpan<byte> data)
    {
        var payload = default(PayloadExpression);
        foreach (var a in new AttributeReader<NFTA_PAYLOAD>(data))
        {
            payload = a.Id switch
            {
                NFTA_PAYLOAD.NFTA_PAYLOAD_DREG => payload with { Destination = NftRegister.Read(a) },
                NFTA_PAYLOAD.NFTA_PAYLOAD_SREG => payload with { Source = NftRegister.Read(a) },
                NFTA_PAYLOAD.NFTA_PAYLOAD_BASE => payload with { Base = (NFT_PAYLOAD)a.ReadUInt32BigEndian() },
                NFTA_PAYLOAD.NFTA_PAYLOAD_OFFSET => payload with { Offset = a.ReadUInt32BigEndian() },
                NFTA_PAYLOAD.NFTA_PAYLOAD_LEN => payload with { Length = a.ReadUInt32BigEndian() },
                NFTA_PAYLOAD.NFTA_PAYLOAD_CSUM_TYPE => payload with { ChecksumType = (NFT_PAYLOAD_CSUM)a.ReadUInt32BigEndian() },
                NFTA_PAYLOAD.NFTA_PAYLOAD_CSUM_OFFSET => payload with { ChecksumOffset = a.ReadUInt32BigEndian() },
                NFTA_PAYLOAD.NFTA_PAYLOAD_CSUM_FLAGS => payload with { ChecksumFlags = (NFT_PAYLOAD_L4CSUM)a.ReadUInt32BigEndian() },
                _ => payload,
            };
        }

        return payload;
    }

    [ModuleInitializer]
    internal static void Enter() => NftExpressionSpaces.Enter<PayloadExpression>();
}
