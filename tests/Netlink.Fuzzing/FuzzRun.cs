using System.Diagnostics;
using VffNetlink.Testing;

namespace VffNetlink.Fuzzing;

/// <summary>
/// Makes messages and has them read. Message <c>n</c> of a seed is always the same, whatever was made before it. A message is read by the reader that it is
/// made for and by two others.
/// </summary>
/// <remarks>Bytes stand at the end of readable memory while they are read, so that a read past them ends the process. For one thread.</remarks>
internal sealed class FuzzRun : IDisposable
{
    /// <summary>Where the text of a message ends and a list without an end begins: bytes on the heap for a byte of the message.</summary>
    private const int Appetite = 2048;
    private const int Fixed = 1 << 20;
    private const int MaximumFaults = 50;

    private readonly FuzzSuite _suite;
    private readonly ulong _seed;
    private readonly MessageMaker _maker;
    private readonly Damage _damage = new();
    private readonly GuardedBuffer _guarded = new(MessageMaker.Capacity);
    private readonly HashSet<string> _known = [];
    private readonly List<FuzzFault> _faults = [];
    private long _number = -1;

    /// <summary>A run over a suite.</summary>
    /// <param name="suite">The readers; for several runs at a time each needs its own.</param>
    /// <param name="seed">Which messages come.</param>
    public FuzzRun(FuzzSuite suite, ulong seed)
    {
        _suite = suite;
        _seed = seed;
        _maker = new MessageMaker { Shapes = suite.Schema };
        Tallies = [.. suite.Targets.Select(t => new FuzzTally(t.Name, new Coverage(suite.Schema, t)))];
    }

    /// <summary>Messages read so far.</summary>
    public long Messages { get; private set; }

    /// <summary>Those among them with right lengths and whole nests.</summary>
    public long Structured { get; private set; }

    /// <summary>The message that is being read, or -1.</summary>
    public long Number => Volatile.Read(ref _number);

    /// <summary>What went wrong, each fault once.</summary>
    public IReadOnlyList<FuzzFault> Faults => _faults;

    /// <summary>For each reader what it met.</summary>
    public IReadOnlyList<FuzzTally> Tallies { get; }

    /// <summary>Makes and reads messages, until they are done, cancelled, or faults abound.</summary>
    /// <param name="first">The first one's number.</param>
    /// <param name="count">How many.</param>
    /// <param name="journal">Told of each message before it is read; null: nobody.</param>
    /// <param name="cancellation">Ends the run.</param>
    public void Run(long first, long count, FuzzJournal? journal = null, CancellationToken cancellation = default)
    {
        for (var number = first; number < first + count && _faults.Count < MaximumFaults && !cancellation.IsCancellationRequested; number++)
        {
            var random = new FuzzRandom(_seed, number);
            var message = Make(number, ref random, out var target, out var isStructured);
            journal?.Enter(number);
            Volatile.Write(ref _number, number);
            Messages++;
            Structured += isStructured ? 1 : 0;
            Read(target, _guarded.Put(message), isStructured);
            // Bytes that are nothing of a reader's own.
            Read(random.Below(_suite.Targets.Count), number, message);
            Read(random.Below(_suite.Targets.Count), number, message);
        }

        Volatile.Write(ref _number, -1);
    }

    /// <summary>A message by its number.</summary>
    public byte[] Make(long number)
    {
        var random = new FuzzRandom(_seed, number);
        return Make(number, ref random, out _, out _).ToArray();
    }

    /// <summary>Whether a reader takes a message that was given.</summary>
    /// <param name="target">The reader's place among the suite's.</param>
    /// <param name="message">The datagram.</param>
    public bool IsTaken(int target, ReadOnlySpan<byte> message) => Read(target, -1, message);

    /// <summary>Reads one message that was given.</summary>
    /// <param name="target">The reader's name; null: all of them.</param>
    /// <param name="message">The datagram.</param>
    public void Replay(string? target, ReadOnlySpan<byte> message)
    {
        for (var i = 0; i < _suite.Targets.Count; i++)
        {
            if (target is null || target == _suite.Targets[i].Name)
                Read(i, -1, message);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _guarded.Dispose();

    private ReadOnlySpan<byte> Make(long number, ref FuzzRandom random, out int target, out bool isStructured)
    {
        target = _suite.Schedule[(int)(number % _suite.Schedule.Count)];
        var seeds = _suite.Seeds[target];
        var method = random.Below(100);
        isStructured = method < 62;
        if (method >= 97)
            return _damage.Noise(ref random);
        if (method >= 80)
            return _damage.Break(random.Any(seeds.Count > 0 && !random.OneIn(8) ? seeds : _suite.Captures), _suite.Captures, ref random);
        var message = _maker.Make(_suite.Targets[target], _suite.Shapes[target], seeds, ref random);
        return isStructured ? message : _damage.Break(message, _suite.Captures, ref random);
    }

    private void Read(int target, ReadOnlySpan<byte> datagram, bool isStructured)
    {
        var tally = Tallies[target];
        tally.Messages++;
        var taken = Read(target, Number, datagram);
        tally.Refused += taken ? 0 : 1;
        if (taken && isStructured)
            tally.Coverage.TryCount(datagram[16..]);
    }

    /// <summary>Whether a reader took a datagram's messages, all of them.</summary>
    private bool Read(int target, long number, ReadOnlySpan<byte> message)
    {
        var datagram = _guarded.Put(message);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var taken = true;
        try
        {
            taken = Read(_suite.Targets[target], datagram);
        }
        catch (Exception exception)
        {
            Fault(_suite.Targets[target].Name, number, datagram, exception);
        }

        if (GC.GetAllocatedBytesForCurrentThread() - before is var eaten && eaten > Fixed + (Appetite * (long)datagram.Length))
            Fault(_suite.Targets[target].Name, number, datagram, new InvalidOperationException($"{eaten} bytes were put on the heap to read {datagram.Length}."));
        return taken;
    }

    private static bool Read(FuzzTarget target, ReadOnlySpan<byte> datagram)
    {
        if (target.ReadDatagram is { } read)
        {
            read(datagram);
            return true;
        }

        var messages = new MessageReader(datagram);
        var taken = true;
        while (true)
        {
            try
            {
                if (!messages.MoveNext())
                    return taken;
                target.Read(messages.Current);
            }
            catch (NetlinkFormatException)
            {
                taken = false;
            }
        }
    }

    private void Fault(string reader, long number, ReadOnlySpan<byte> message, Exception exception)
    {
        var place = new StackTrace(exception).GetFrames().FirstOrDefault()?.GetMethod()?.ToString();
        if (_known.Add($"{reader} {exception.GetType()} {place}"))
            _faults.Add(new FuzzFault(_seed, number, reader, message.ToArray(), exception.ToString()));
    }
}
