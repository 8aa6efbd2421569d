using VffNetlink.Tc.Uapi;

namespace VffNetlink.Tc;

/// <summary>A class of htb: a guaranteed rate, and a ceiling that it may borrow up to.</summary>
/// <remarks>
/// <para>
/// The kernel holds a class to its <see cref="Ceil"/>, never below its <see cref="Rate"/>, whatever the parent's ceiling. Rates are 64 bits wide;
/// the message's 32-bit fields are all ones where a rate does not fit them.
/// </para>
/// <para>Rate tables (<c>TCA_HTB_RTAB</c>, <c>TCA_HTB_CTAB</c>), which tc sends to this day, are left out: no kernel since 3.8 looks at them.</para>
/// </remarks>
public readonly record struct HtbClass : IClassKind<HtbClass>
{
    /// <summary>A class with tc's defaults.</summary>
    /// <param name="psched">The clock that bursts are counted in.</param>
    /// <param name="rate">What it is guaranteed; not 0.</param>
    /// <param name="ceil">What it may borrow up to; null: the rate.</param>
    /// <param name="burst">What it may send at once within the rate; null: <see cref="Psched.DefaultBurst"/>.</param>
    /// <param name="ceilBurst">What it may send at once within the ceiling; null: <see cref="Psched.DefaultBurst"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rate is 0, or a burst takes longer than 32 bits of ticks hold.</exception>
    public HtbClass(Psched psched, Rate rate, Rate? ceil = null, ByteSize? burst = null, ByteSize? ceilBurst = null)
    {
        ArgumentNullException.ThrowIfNull(psched);
        Rate = rate;
        Ceil = ceil ?? rate;
        Burst = psched.TicksOf(Rate, burst ?? psched.DefaultBurst(Rate));
        CeilBurst = psched.TicksOf(Ceil, ceilBurst ?? psched.DefaultBurst(Ceil));
        LinkLayer = LinkLayer.Ethernet;
    }

    private HtbClass(in tc_htb_opt opt, ulong? rate, ulong? ceil)
    {
        // The kernel holds to the greater of both.
        Rate = new Rate(Math.Max(rate ?? 0, opt.rate.rate));
        Ceil = new Rate(Math.Max(ceil ?? 0, opt.ceil.rate));
        Burst = opt.buffer;
        CeilBurst = opt.cbuffer;
        Quantum = opt.quantum == 0 ? null : opt.quantum;
        Priority = opt.prio;
        Overhead = opt.rate.overhead;
        MinimumPacket = opt.rate.mpu;
        LinkLayer = (LinkLayer)(opt.rate.linklayer & TC_LINKLAYER.TC_LINKLAYER_MASK);
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Kind => "htb"u8;

    /// <inheritdoc/>
    public static AttributeSpace? Options => HtbQdisc.Options;

    /// <inheritdoc/>
    public static AttributeSpace? Statistics => HtbQdisc.Statistics;

    /// <summary>What the class is guaranteed.</summary>
    public Rate Rate { get; }

    /// <summary>What it may borrow up to: its limit.</summary>
    public Rate Ceil { get; }

    /// <summary>What it may send at once within the rate, in ticks: <see cref="Psched.SizeOf"/> makes bytes of it.</summary>
    public uint Burst { get; }

    /// <summary>What it may send at once within the ceiling, in ticks: <see cref="Psched.SizeOf"/> makes bytes of it.</summary>
    public uint CeilBurst { get; }

    /// <summary>
    /// Bytes that it borrows before the next class has its turn. Null: the kernel takes the rate divided by the qdisc's r2q, kept within
    /// 1,000 and 200,000 with a warning; read back, it is a number in any case.
    /// </summary>
    public uint? Quantum { get; init; }

    /// <summary>Whose turn it is to borrow: 0 (first) to 7. The kernel takes a greater one as 7.</summary>
    public uint Priority { get; init; }

    /// <summary>Bytes added to the length of each packet; negative overheads do not exist here.</summary>
    public ushort Overhead { get; init; }

    /// <summary>Bytes that each packet counts at least (tc's <c>mpu</c>).</summary>
    public ushort MinimumPacket { get; init; }

    /// <summary>How the length of a packet becomes time on the link.</summary>
    public LinkLayer LinkLayer { get; init; }

    ReadOnlySpan<byte> ITcOptions.KindName => Kind;

    int ITcOptions.Room => 128;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> options, out HtbClass value)
    {
        value = default;
        tc_htb_opt? parms = null;
        ulong? rate = null, ceil = null;
        foreach (var a in new AttributeReader<TCA_HTB>(options))
        {
            switch (a.Id)
            {
                case TCA_HTB.TCA_HTB_PARMS:
                    parms = a.ReadStruct<tc_htb_opt>();
                    break;
                case TCA_HTB.TCA_HTB_RATE64:
                    rate = a.ReadUInt64();
                    break;
                case TCA_HTB.TCA_HTB_CEIL64:
                    ceil = a.ReadUInt64();
                    break;
            }
        }

        if (parms is not { } opt)
            return false;
        value = new HtbClass(opt, rate, ceil);
        return true;
    }

    /// <inheritdoc/>
    public void Write(AttributeWriter<TCA> message)
    {
        using var options = message.Nest<TCA_HTB>(TCA.TCA_OPTIONS);
        if (Rate.BytesPerSecond > uint.MaxValue)
            options.Put(TCA_HTB.TCA_HTB_RATE64, Rate.BytesPerSecond);
        if (Ceil.BytesPerSecond > uint.MaxValue)
            options.Put(TCA_HTB.TCA_HTB_CEIL64, Ceil.BytesPerSecond);
        options.PutStruct(TCA_HTB.TCA_HTB_PARMS, ToOpt());
    }

    /// <summary>All but the rates that 32 bits do not hold.</summary>
    internal tc_htb_opt ToOpt() => new()
    {
        rate = Specify(Rate),
        ceil = Specify(Ceil),
        buffer = Burst,
        cbuffer = CeilBurst,
        quantum = Quantum ?? 0,
        prio = Priority,
    };

    private tc_ratespec Specify(Rate rate) => TokenRate.Specify(rate, Overhead, MinimumPacket, LinkLayer);
}
