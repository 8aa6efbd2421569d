using System.Runtime.CompilerServices;
using VffNetlink.Diagnostics;
using VffNetlink.Tc.Uapi;

namespace VffNetlink.Tc;

/// <summary>The qdisc htb (hierarchical token bucket): classes share a link by guaranteed rates and ceilings.</summary>
/// <remarks>It cannot be changed after it was made: the kernel refuses (EINVAL) a change, and a replacement under its own handle.</remarks>
public readonly record struct HtbQdisc : IQdiscKind<HtbQdisc>
{
    private const uint Version = 3; // TC_HTB_PROTOVER

    /// <summary>With tc's defaults: no default class, r2q 10.</summary>
    public HtbQdisc() => RateToQuantum = 10;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Kind => "htb"u8;

    /// <inheritdoc/>
    public static AttributeSpace? Options { get; } = AttributeSpace.Of<TCA_HTB>()
        .With(ValueFormat.Struct<tc_htb_opt>().Field(nameof(tc_htb_opt.rate), ValueFormat.Struct<tc_ratespec>()).Field(nameof(tc_htb_opt.ceil), ValueFormat.Struct<tc_ratespec>()), TCA_HTB.TCA_HTB_PARMS)
        .With(ValueFormat.Struct<tc_htb_glob>().Field(nameof(tc_htb_glob.defcls), ValueFormat.Hex), TCA_HTB.TCA_HTB_INIT)
        .With(ValueFormat.List(ValueFormat.U32, 4), TCA_HTB.TCA_HTB_CTAB, TCA_HTB.TCA_HTB_RTAB)
        .With(ValueFormat.U32, TCA_HTB.TCA_HTB_DIRECT_QLEN)
        .With(ValueFormat.U64, TCA_HTB.TCA_HTB_RATE64, TCA_HTB.TCA_HTB_CEIL64)
        .With(ValueFormat.Flag, TCA_HTB.TCA_HTB_OFFLOAD);

    /// <inheritdoc/>
    public static AttributeSpace? Statistics { get; } = AttributeSpace.OfStruct<tc_htb_xstats>();

    /// <summary>Minor of the class that takes what no filter and no <c>skb->priority</c> chose one for; 0: such packets go past all classes.</summary>
    public uint DefaultClass { get; init; }

    /// <summary>A class's rate in bytes per second divided by this is its quantum, unless it has one of its own.</summary>
    public uint RateToQuantum { get; init; }

    /// <summary>Packets in the queue of what goes past all classes; null: the device's txqueuelen.</summary>
    public uint? DirectQueueLength { get; init; }

    /// <summary>Whether the device does the work (Linux 5.12); refused where it cannot.</summary>
    public bool Offload { get; init; }

    ReadOnlySpan<byte> ITcOptions.KindName => Kind;

    int ITcOptions.Room => 64;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> options, out HtbQdisc value)
    {
        value = default;
        var found = false;
        foreach (var a in new AttributeReader<TCA_HTB>(options))
        {
            switch (a.Id)
            {
                case TCA_HTB.TCA_HTB_INIT:
                    var glob = a.ReadStruct<tc_htb_glob>();
                    value = value with { DefaultClass = glob.defcls, RateToQuantum = glob.rate2quantum };
                    found = true;
                    break;
                case TCA_HTB.TCA_HTB_DIRECT_QLEN:
                    value = value with { DirectQueueLength = a.ReadUInt32() };
                    break;
                case TCA_HTB.TCA_HTB_OFFLOAD:
                    value = value with { Offload = true };
                    break;
            }
        }

        return found;
    }

    /// <summary>Packets that went past all classes (<c>direct_packets_stat</c>); null where the kernel did not say.</summary>
    /// <param name="options">The payload of <c>TCA_OPTIONS</c>.</param>
    /// <exception cref="NetlinkFormatException">The bytes are malformed.</exception>
    public static uint? ReadDirectPackets(ReadOnlySpan<byte> options) =>
        new AttributeReader<TCA_HTB>(options).TryFind(TCA_HTB.TCA_HTB_INIT, out var a) ? a.ReadStruct<tc_htb_glob>().direct_pkts : null;

    /// <inheritdoc/>
    public void Write(AttributeWriter<TCA> message)
    {
        using var options = message.Nest<TCA_HTB>(TCA.TCA_OPTIONS);
        options.PutStruct(TCA_HTB.TCA_HTB_INIT, new tc_htb_glob { version = Version, rate2quantum = RateToQuantum, defcls = DefaultClass });
        if (DirectQueueLength is { } packets)
            options.Put(TCA_HTB.TCA_HTB_DIRECT_QLEN, packets);
        if (Offload)
            options.PutFlag(TCA_HTB.TCA_HTB_OFFLOAD);
    }

    [ModuleInitializer]
    internal static void Enter() => KnownKinds.Enter<HtbQdisc>();
}
