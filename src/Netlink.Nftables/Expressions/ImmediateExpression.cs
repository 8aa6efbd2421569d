using System.Runtime.CompilerServices;
using VffNetlink.Nftables.Uapi;

namespace VffNetlink.Nftables;

/// <summary><c>immediate</c>: loads a constant into a register, or decides what happens to the packet.</summary>
public readonly record struct ImmediateExpression : INftExpression<ImmediateExpression>
{
    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Name => "immediate"u8;

    /// <inheritdoc/>
    public static AttributeSpace Space { get; } = AttributeSpace.Of((NFTA_IMMEDIATE.NFTA_IMMEDIATE_DATA, NftSpaces.Data)).With(NftSpaces.Register, NFTA_IMMEDIATE.NFTA_IMMEDIATE_DREG);

    /// <summary>Where it goes; <see cref="NftRegister.Verdict"/> for a verdict.</summary>
    public NftRegister Destination { get; init; }

    /// <summary>The constant.</summary>
    public NftData Data { get; init; }

    /// <summary>Loads bytes.</summary>
    public static ImmediateExpression Load(NftRegister destination, NftData data) => new() { Destination = destination, Data = data };

    /// <summary>Decides what happens to the packet.</summary>
    public static ImmediateExpression Verdict(NftVerdict verdict) => new() { Destination = NftRegister.Verdict, Data = new NftData(verdict) };

    /// <summary>Into a rule.</summary>
    public static implicit operator NftExpression(ImmediateExpression expression) => NftExpression.Of(expression);

    /// <inheritdoc/>
    public void WriteData(AttributeWriter<NFTA_EXPR> expression)
    {
        using var data = expression.NestFlagged<NFTA_IMMEDIATE>(NFTA_EXPR.NFTA_EXPR_DATA);
        Destination.Put(data, NFTA_IMMEDIATE.NFTA_IMMEDIATE_DREG);
        Data.Put(data, NFTA_IMMEDIATE.NFTA_IMMEDIATE_DATA);
    }

    /// <inheritdoc/>
    public static ImmediateExpression Read(ReadOnlySpan<byte> data)
    {
        var immediate = default(ImmediateExpression);
        foreach (var a in new AttributeReader<NFTA_IMMEDIATE>(data))
        {
            immediate = a.Id switch
            {
                NFTA_IMMEDIATE.NFTA_IMMEDIATE_DREG => immediate with { Destination = NftRegister.Read(a) },
                NFTA_IMMEDIATE.NFTA_IMMEDIATE_DATA => immediate with { Data = NftData.Read(a.Nested<NFTA_DATA>()) },
                _ => immediate,
            };
        }

        return immediate;
    }

    [ModuleInitializer]
    internal static void Enter() => NftExpressionSpaces.Enter<ImmediateExpression>();
}
