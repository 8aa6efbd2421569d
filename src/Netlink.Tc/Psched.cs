using System.Globalization;

namespace VffNetlink.Tc;

/// <summary>
/// The packet scheduler's clock: bursts and latencies go to the kernel as a number of its ticks. Read it once and hand it to
/// whatever makes such options.
/// </summary>
/// <remarks>
/// The arithmetic is tc's since version 6.15. Before that tc cut times to whole microseconds, which made the burst of a fast
/// class too small: by a quarter at 10 Gbit/s, and zero from 13 Gbit/s on.
/// </remarks>
public sealed class Psched
{
    private const double MicrosecondsPerSecond = 1e6;
    private const uint MicrosecondHertz = 1_000_000;
    private const uint NanosecondHertz = 1_000_000_000;

    /// <summary>Ethernet's largest packet and its head, which tc adds to the bytes of one timer interrupt for the default burst.</summary>
    private const ulong LargestPacket = 1600;

    private readonly double _ticksPerMicrosecond;

    /// <summary>A clock of four numbers, in the order of <c>/proc/net/psched</c>.</summary>
    /// <param name="ticksNumerator">Ticks per microsecond, times <paramref name="ticksDenominator"/>.</param>
    /// <param name="ticksDenominator">Not 0.</param>
    /// <param name="resolution">Units of the kernel's clock per second.</param>
    /// <param name="timerHertz">Timer interrupts per second, or what stands for them with a high-resolution timer.</param>
    public Psched(uint ticksNumerator, uint ticksDenominator, uint resolution, uint timerHertz)
    {
        ArgumentOutOfRangeException.ThrowIfZero(ticksNumerator);
        ArgumentOutOfRangeException.ThrowIfZero(ticksDenominator);
        ArgumentOutOfRangeException.ThrowIfZero(resolution);
        ArgumentOutOfRangeException.ThrowIfZero(timerHertz);
        // With a clock of nanoseconds the kernel says 1000 for the numerator, for the sake of programs from before there was one.
        var numerator = resolution == NanosecondHertz ? ticksDenominator : ticksNumerator;
        _ticksPerMicrosecond = (double)numerator / ticksDenominator * (resolution / MicrosecondsPerSecond);
        TimerHertz = resolution == MicrosecondHertz ? timerHertz : 100;
    }

    /// <summary>Ticks per microsecond: 15.625 with every kernel since 2.6.31.</summary>
    public double TicksPerMicrosecond => _ticksPerMicrosecond;

    /// <summary>Timer interrupts per second; 1,000,000,000 with a high-resolution timer.</summary>
    public uint TimerHertz { get; }

    /// <summary>The running kernel's clock, from <c>/proc/net/psched</c>.</summary>
    /// <exception cref="IOException">The file is not there: /proc is not mounted, or the kernel has no traffic control.</exception>
    /// <exception cref="FormatException">It holds something else.</exception>
    public static Psched Read() => Parse(File.ReadAllText("/proc/net/psched"));

    /// <summary>Reads the form of <c>/proc/net/psched</c>: four hexadecimal numbers.</summary>
    /// <exception cref="FormatException">The text has another form, or a number is 0.</exception>
    public static Psched Parse(ReadOnlySpan<char> text)
    {
        Span<uint> numbers = stackalloc uint[4];
        var count = 0;
        var rest = text.Trim();
        foreach (var part in rest.SplitAny(' ', '\n'))
        {
            if (count == numbers.Length || !uint.TryParse(rest[part], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) || number == 0)
                throw new FormatException($"\"{text}\" is not what /proc/net/psched holds; expected four hexadecimal numbers that are not 0.");
            numbers[count++] = number;
        }

        return count == numbers.Length
            ? new Psched(numbers[0], numbers[1], numbers[2], numbers[3])
            : throw new FormatException($"\"{text}\" is not what /proc/net/psched holds; expected four hexadecimal numbers.");
    }

    /// <summary>How long a burst takes at a rate, in ticks, rounded up, so that it is never too small.</summary>
    /// <param name="rate">Not 0.</param>
    /// <param name="size">The burst.</param>
    /// <exception cref="ArgumentOutOfRangeException">It takes longer than 32 bits of ticks (about 274 seconds), or the rate is 0.</exception>
    public uint TicksOf(Rate rate, ByteSize size)
    {
        ArgumentOutOfRangeException.ThrowIfZero(rate.BytesPerSecond, nameof(rate));
        var ticks = Math.Ceiling(MicrosecondsPerSecond * ((double)size.Bytes / rate.BytesPerSecond) * _ticksPerMicrosecond);
        return ticks < uint.MaxValue
            ? (uint)ticks
            : throw new ArgumentOutOfRangeException(nameof(size), size, $"At {rate} this takes longer than the {uint.MaxValue / _ticksPerMicrosecond / MicrosecondsPerSecond:0} seconds that the kernel's ticks hold.");
    }

    /// <summary>What can be sent at a rate in so many ticks, rounded down.</summary>
    public ByteSize SizeOf(Rate rate, uint ticks) =>
        new((ulong)(rate.BytesPerSecond * (ticks / _ticksPerMicrosecond) / MicrosecondsPerSecond));

    /// <summary>The burst that tc takes where none is given: what the rate sends between two timer interrupts, and a largest packet.</summary>
    public ByteSize DefaultBurst(Rate rate) => new((rate.BytesPerSecond / TimerHertz) + LargestPacket);
}
