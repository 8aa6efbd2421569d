using System.Runtime.CompilerServices;
using VffNetlink.Tc.Uapi;

namespace VffNetlink.Tc;

/// <summary>The qdisc bfifo: one queue with a limit in bytes.</summary>
public readonly record struct BfifoQdisc : IQdiscKind<BfifoQdisc>
{
    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Kind => "bfifo"u8;

    /// <inheritdoc/>
    public static AttributeSpace? Options { get; } = AttributeSpace.OfStruct<tc_fifo_qopt>();

    /// <summary>Bytes that it holds, link headers included; below 4 GiB. Null: the device's txqueuelen times its MTU.</summary>
    public ByteSize? Limit { get; init; }

    ReadOnlySpan<byte> ITcOptions.KindName => Kind;

    int ITcOptions.Room => 16;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> options, out BfifoQdisc value)
    {
        value = default;
        if (!Fifo.TryReadLimit(options, out var limit))
            return false;
        value = new BfifoQdisc { Limit = new ByteSize(limit) };
        return true;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The limit does not fit 32 bits.</exception>
    public void Write(AttributeWriter<TCA> message)
    {
        if (Limit is not { } limit)
            return;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit.Bytes, uint.MaxValue, nameof(Limit));
        message.PutStruct(TCA.TCA_OPTIONS, new tc_fifo_qopt { limit = (uint)limit.Bytes });
    }

    [ModuleInitializer]
    internal static void Enter() => KnownKinds.Enter<BfifoQdisc>();
}
