using System.Runtime.CompilerServices;
using VffNetlink.Diagnostics;
using VffNetlink.Nftables.Uapi;

namespace VffNetlink.Nftables;

/// <summary>
/// <c>lookup</c>: goes on where a set has the key that is in the registers; of a map it loads the data. A key that is not
/// there ends the rule (NFT_BREAK) and leaves packet and registers alone.
/// </summary>
public readonly record struct LookupExpression : INftExpression<LookupExpression>
{
    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Name => "lookup"u8;

    /// <inheritdoc/>
    public static AttributeSpace Space { get; } = AttributeSpace.Of<NFTA_LOOKUP>()
        .With(ValueFormat.String, NFTA_LOOKUP.NFTA_LOOKUP_SET)
        .With(NftSpaces.Register, NFTA_LOOKUP.NFTA_LOOKUP_SREG, NFTA_LOOKUP.NFTA_LOOKUP_DREG)
        .With(ValueFormat.U32BigEndian, NFTA_LOOKUP.NFTA_LOOKUP_SET_ID)
        .With(ValueFormat.Names<NFT_LOOKUP_F>(bigEndian: true), NFTA_LOOKUP.NFTA_LOOKUP_FLAGS);

    /// <summary>The set, in the rule's own table; it may be made earlier in the same transaction.</summary>
    public string SetName { get; init; }

    /// <summary>Where the key starts.</summary>
    public NftRegister Source { get; init; }

    /// <summary>Where a map's data go; <see cref="NftRegister.Verdict"/> for a map of verdicts; null to test only whether the key is there.</summary>
    public NftRegister? Destination { get; init; }

    /// <summary>The set's number within the transaction (NFTA_SET_ID), for sets without a name of their own; the kernel does not report it.</summary>
    public uint? SetId { get; init; }

    /// <summary>Whether to go on where the key is not there.</summary>
    public NFT_LOOKUP_F Flags { get; init; }

    /// <summary>Goes on where the set has the key.</summary>
    public static LookupExpression InSet(string name, NftRegister source) => new() { SetName = name, Source = source };

    /// <summary>Goes on where the set lacks the key.</summary>
    public static LookupExpression NotInSet(string name, NftRegister source) => new() { SetName = name, Source = source, Flags = NFT_LOOKUP_F.NFT_LOOKUP_F_INV };

    /// <summary>Loads the data that the map has for the key, and goes on; a key that it lacks ends the rule.</summary>
    public static LookupExpression Map(string name, NftRegister source, NftRegister destination) => new() { SetName = name, Source = source, Destination = destination };

    /// <summary>Into a rule.</summary>
    public static implicit operator NftExpression(LookupExpression expression) => NftExpression.Of(expression);

    /// <inheritdoc/>
    public static LookupExpression Definition(in LookupExpression expression) => expression with { SetId = null };

    /// <inheritdoc/>
    public void WriteData(AttributeWriter<NFTA_EXPR> expression)
    {
        using var data = expression.NestFlagged<NFTA_LOOKUP>(NFTA_EXPR.NFTA_EXPR_DATA);
        Source.Put(data, NFTA_LOOKUP.NFTA_LOOKUP_SREG);
        Destination?.Put(data, NFTA_LOOKUP.NFTA_LOOKUP_DREG);
        NftName.Put(data, NFTA_LOOKUP.NFTA_LOOKUP_SET, SetName, "set");
        if (SetId is { } id)
            data.PutBigEndian(NFTA_LOOKUP.NFTA_LOOKUP_SET_ID, id);
        if (Flags != NFT_LOOKUP_F.NONE)
            data.PutBigEndian(NFTA_LOOKUP.NFTA_LOOKUP_FLAGS, (uint)Flags);
    }

    /// <inheritdoc/>
    public static LookupExpression Read(ReadOnlySpan<byte> data)
    {
        var lookup = new LookupExpression { SetName = "" };
        foreach (var a in new AttributeReader<NFTA_LOOKUP>(data))
        {
            lookup = a.Id switch
            {
                NFTA_LOOKUP.NFTA_LOOKUP_SET => lookup with { SetName = a.ReadString() },
                NFTA_LOOKUP.NFTA_LOOKUP_SREG => lookup with { Source = NftRegister.Read(a) },
                NFTA_LOOKUP.NFTA_LOOKUP_DREG => lookup with { Destination = NftRegister.Read(a) },
                NFTA_LOOKUP.NFTA_LOOKUP_SET_ID => lookup with { SetId = a.ReadUInt32BigEndian() },
                NFTA_LOOKUP.NFTA_LOOKUP_FLAGS => lookup with { Flags = (NFT_LOOKUP_F)a.ReadUInt32BigEndian() },
                _ => lookup,
            };
        }

        return lookup;
    }

    [ModuleInitializer]
    internal static void Enter() => NftExpressionSpaces.Enter<LookupExpression>();
}
