using System.Runtime.CompilerServices;
using VffNetlink.Diagnostics;
using VffNetlink.Tc.Uapi;

namespace VffNetlink.Tc;

/// <summary>The qdisc tbf (token bucket filter): holds everything to one rate, and lets no packet pass that is longer than its burst.</summary>
/// <remarks>
/// A packet that the stack has not cut to size yet (GSO) and that is longer than the burst is cut by the qdisc itself; any other that
/// is longer is dropped, so that the burst has to hold the device's MTU and its link header (else the kernel logs a warning). The
/// rate tables that tc sends are left out: no kernel since 3.8 looks at them.
/// </remarks>
public readonly record struct TbfQdisc : IQdiscKind<TbfQdisc>
{
    /// <summary>A bucket without a peak rate.</summary>
    /// <param name="psched">The clock that bursts are counted in.</param>
    /// <param name="rate">What it is held to; not 0.</param>
    /// <param name="burst">What it may send at once, and the longest packet; not 0, below 4 GiB.</param>
    /// <param name="limit">Bytes that wait at most, link headers included; below 4 GiB.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate or the burst is 0, a size does not fit 32 bits, or the burst takes longer than 32 bits of ticks hold.</exception>
    public TbfQdisc(Psched psched, Rate rate, ByteSize burst, ByteSize limit)
    {
        ArgumentNullException.ThrowIfNull(psched);
        Rate = rate;
        Limit = Fitting(limit, nameof(limit));
        BurstSize = NotZero(Fitting(burst, nameof(burst)), nameof(burst));
        Burst = psched.TicksOf(rate, burst);
    }

    private TbfQdisc(in tc_tbf_qopt opt, ulong? rate, ulong? peak)
    {
        // The kernel holds to the greater of both.
        Rate = new Rate(Math.Max(rate ?? 0, opt.rate.rate));
        Burst = opt.buffer;
        Limit = new ByteSize(opt.limit);
        Overhead = opt.rate.overhead;
        MinimumPacket = opt.rate.mpu;
        LinkLayer = (LinkLayer)(opt.rate.linklayer & TC_LINKLAYER.TC_LINKLAYER_MASK);
        if (opt.peakrate.rate == 0)
            return;
        PeakRate = new Rate(Math.Max(peak ?? 0, opt.peakrate.rate));
        PeakBurst = opt.mtu;
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Kind => "tbf"u8;

    /// <inheritdoc/>
    public static AttributeSpace? Options { get; } = AttributeSpace.Of<TCA_TBF>()
        .With(ValueFormat.Struct<tc_tbf_qopt>().Field(nameof(tc_tbf_qopt.rate), ValueFormat.Struct<tc_ratespec>()).Field(nameof(tc_tbf_qopt.peakrate), ValueFormat.Struct<tc_ratespec>()), TCA_TBF.TCA_TBF_PARMS)
        .With(ValueFormat.List(ValueFormat.U32, 4), TCA_TBF.TCA_TBF_RTAB, TCA_TBF.TCA_TBF_PTAB)
        .With(ValueFormat.U64, TCA_TBF.TCA_TBF_RATE64, TCA_TBF.TCA_TBF_PRATE64)
        .With(ValueFormat.U32, TCA_TBF.TCA_TBF_BURST, TCA_TBF.TCA_TBF_PBURST);

    /// <summary>What it is held to.</summary>
    public Rate Rate { get; }

    /// <summary>What it may send at once, in ticks: <see cref="Psched.SizeOf"/> makes bytes of it.</summary>
    public uint Burst { get; }

    /// <summary>What it may send at once in bytes, and the longest packet; null where it was read: the kernel does not tell.</summary>
    public ByteSize? BurstSize { get; private init; }

    /// <summary>Bytes that wait at most.</summary>
    public ByteSize Limit { get; }

    /// <summary>What it is held to from packet to packet; null: nothing.</summary>
    public Rate? PeakRate { get; private init; }

    /// <summary>What it may send at once at the peak rate, in ticks.</summary>
    public uint PeakBurst { get; private init; }

    /// <summary>What it may send at once at the peak rate in bytes (tc's <c>mtu</c>); null where it was read.</summary>
    public ByteSize? PeakBurstSize { get; private init; }

    /// <summary>Bytes added to the length of each packet.</summary>
    public ushort Overhead { get; init; }

    /// <summary>Bytes that each packet counts at least (tc's <c>mpu</c>).</summary>
    public ushort MinimumPacket { get; init; }

    /// <summary>How the length of a packet becomes time on the link.</summary>
    public LinkLayer LinkLayer { get; init; } = LinkLayer.Ethernet;

    ReadOnlySpan<byte> ITcOptions.KindName => Kind;

    int ITcOptions.Room => 112;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> options, out TbfQdisc value)
    {
        value = default;
        tc_tbf_qopt? parms = null;
        ulong? rate = null, peak = null;
        ByteSize? burst = null, peakBurst = null;
        foreach (var a in new AttributeReader<TCA_TBF>(options))
        {
            switch (a.Id)
            {
                case TCA_TBF.TCA_TBF_PARMS:
                    parms = a.ReadStruct<tc_tbf_qopt>();
                    break;
                case TCA_TBF.TCA_TBF_RATE64:
                    rate = a.ReadUInt64();
                    break;
                case TCA_TBF.TCA_TBF_PRATE64:
                    peak = a.ReadUInt64();
                    break;
                case TCA_TBF.TCA_TBF_BURST:
                    burst = new ByteSize(a.ReadUInt32());
                    break;
                case TCA_TBF.TCA_TBF_PBURST:
                    peakBurst = new ByteSize(a.ReadUInt32());
                    break;
            }
        }

        if (parms is not { } opt)
            return false;
        value = new TbfQdisc(opt, rate, peak) { BurstSize = burst, PeakBurstSize = peakBurst };
        return true;
    }

    /// <summary>The same with a peak rate.</summary>
    /// <param name="psched">The clock that bursts are counted in.</param>
    /// <param name="rate">What it is held to from packet to packet; above the rate.</param>
    /// <param name="burst">Not 0, below 4 GiB; commonly the MTU and the link header.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate or the burst is 0, or the burst does not fit.</exception>
    public TbfQdisc WithPeak(Psched psched, Rate rate, ByteSize burst)
    {
        ArgumentNullException.ThrowIfNull(psched);
        return this with { PeakRate = rate, PeakBurstSize = NotZero(Fitting(burst, nameof(burst)), nameof(burst)), PeakBurst = psched.TicksOf(rate, burst) };
    }

    /// <inheritdoc/>
    public void Write(AttributeWriter<TCA> message)
    {
        using var options = message.Nest<TCA_TBF>(TCA.TCA_OPTIONS);
        options.PutStruct(TCA_TBF.TCA_TBF_PARMS, new tc_tbf_qopt
        {
            rate = Specify(Rate),
            peakrate = PeakRate is { } peak ? Specify(peak) : default,
            limit = (uint)Limit.Bytes,
            buffer = Burst,
            mtu = PeakBurst,
        });
        if (BurstSize is { } burst)
            options.Put(TCA_TBF.TCA_TBF_BURST, (uint)burst.Bytes);
        if (Rate.BytesPerSecond > uint.MaxValue)
            options.Put(TCA_TBF.TCA_TBF_RATE64, Rate.BytesPerSecond);
        if (PeakRate is { BytesPerSecond: > uint.MaxValue } fast)
            options.Put(TCA_TBF.TCA_TBF_PRATE64, fast.BytesPerSecond);
        if (PeakBurstSize is { } peakBurst)
            options.Put(TCA_TBF.TCA_TBF_PBURST, (uint)peakBurst.Bytes);
    }

    private static ByteSize Fitting(ByteSize size, string name)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size.Bytes, uint.MaxValue, name);
        return size;
    }

    private static ByteSize NotZero(ByteSize size, string name)
    {
        ArgumentOutOfRangeException.ThrowIfZero(size.Bytes, name);
        return size;
    }

    private tc_ratespec Specify(Rate rate) => TokenRate.Specify(rate, Overhead, MinimumPacket, LinkLayer);

    [ModuleInitializer]
    internal static void Enter() => KnownKinds.Enter<TbfQdisc>();
}
