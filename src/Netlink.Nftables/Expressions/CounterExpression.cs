using System.Runtime.CompilerServices;
using VffNetlink.Nftables.Uapi;

namespace VffNetlink.Nftables;

/// <summary><c>counter</c>: counts the packets that get as far as this in their rule.</summary>
public readonly record struct CounterExpression : INftExpression<CounterExpression>
{
    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Name => "counter"u8;

    /// <inheritdoc/>
    public static AttributeSpace Space => NftSpaces.Counter;

    /// <summary>Packets so far, or to start with.</summary>
    public ulong Packets { get; init; }

    /// <summary>Their bytes, network header and on.</summary>
    public ulong Bytes { get; init; }

    /// <summary>Into a rule.</summary>
    public static implicit operator NftExpression(CounterExpression expression) => NftExpression.Of(expression);

    /// <inheritdoc/>
    public static CounterExpression Definition(in CounterExpression expression) => default;

    /// <inheritdoc/>
    public void WriteData(AttributeWriter<NFTA_EXPR> expression)
    {
        using var data = expression.NestFlagged<NFTA_COUNTER>(NFTA_EXPR.NFTA_EXPR_DATA);
        if (Bytes != 0)
            data.PutBigEndian(NFTA_COUNTER.NFTA_COUNTER_BYTES, Bytes);
        if (Packets != 0)
            data.PutBigEndian(NFTA_COUNTER.NFTA_COUNTER_PACKETS, Packets);
    }

    /// <inheritdoc/>
    public static CounterExpression Read(ReadOnlySpan<byte> data)
    {
        var counter = default(CounterExpression);
        foreach (var a in new AttributeReader<NFTA_COUNTER>(data))
        {
            counter = a.Id switch
            {
                NFTA_COUNTER.NFTA_COUNTER_BYTES => counter with { Bytes = a.ReadUInt64BigEndian() },
                NFTA_COUNTER.NFTA_COUNTER_PACKETS => counter with { Packets = a.ReadUInt64BigEndian() },
                _ => counter,
            };
        }

        return counter;
    }

    [ModuleInitializer]
    internal static void Enter() => NftExpressionSpaces.Enter<CounterExpression>();
}
