using System.CommandLine;
using System.Diagnostics;

namespace VffNetlink.Fuzzing.Cli;

/// <summary>The command line. Exit codes: 0 no fault, 1 a fault, or an attribute that was met too seldom, 2 not even begun, 3 a hang.</summary>
internal static class FuzzCommand
{
    private const int Faulty = 1;
    private const int Refused = 2;
    private const int Hung = 3;
    private const long WholeRun = 10_000_000;
    private const long WholeRunLeast = 1_000;

    /// <summary>Parses and runs.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="error">Where is told why nothing was begun.</param>
    public static int Run(string[] arguments, TextWriter error)
    {
        var messages = new Option<long>("--messages", "-n") { Description = "How many messages.", DefaultValueFactory = static _ => WholeRun };
        var seed = new Option<ulong>("--seed", "-s") { Description = "Which ones.", DefaultValueFactory = static _ => (ulong)DateTime.UtcNow.Ticks };
        var first = new Option<long>("--first") { Description = "The first message's number." };
        var least = new Option<long?>("--least") { Description = "How often each known attribute must be met; else in proportion, 1,000 times in 10,000,000 messages." };
        var journal = new Option<string>("--journal") { Description = "The file that a crash leaves behind.", DefaultValueFactory = static _ => Path.Combine(Path.GetTempPath(), "vffnetlink-fuzz.journal") };
        var replay = new Option<string?>("--replay") { Description = "Reads one message, in hexadecimal, instead." };
        var reader = new Option<string?>("--reader") { Description = "Replays to this reader alone." };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Leaves the table of attributes out." };
        AtLeast(messages, 1);
        AtLeast(first, 0);
        AtLeast(least, 0);
        var root = new RootCommand("Feeds mutated netlink messages to every reader of the libraries.") { messages, seed, first, least, journal, replay, reader, quiet };
        root.SetAction(parsed => parsed.GetValue(replay) is { } message
            ? Replay(parsed.GetValue(reader), message, error)
            : Run(parsed.GetValue(seed), parsed.GetValue(first), parsed.GetValue(messages), parsed.GetValue(least), parsed.GetValue(journal)!, parsed.GetValue(quiet), error));
        var result = root.Parse(arguments);
        if (result.Errors.Count == 0)
            return result.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        foreach (var mistake in result.Errors)
            error.WriteLine($"fuzz: {mistake.Message}");
        return Refused;
    }

    /// <summary>A run of nothing would have found nothing wrong.</summary>
    private static void AtLeast<T>(Option<T> option, long bound) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<T>() is long number && number < bound)
            result.AddError($"{option.Name} is {bound} or more, not {number}.");
    });

    private static int Run(ulong seed, long first, long count, long? least, string journalPath, bool quiet, TextWriter error)
    {
        FuzzJournal opened;
        try
        {
            if (FuzzJournal.Read(journalPath) is { } died)
                Console.WriteLine($"an earlier run died of message {died.Number} of seed {died.Seed}: --seed {died.Seed} --first {died.Number} --messages 1 makes it again");
            opened = new FuzzJournal(journalPath, seed);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"fuzz: --journal: {exception.Message}");
            return Refused;
        }

        using var journal = opened;
        Console.WriteLine($"seed {seed}, {count} messages from {first}");
        var suite = FuzzSuite.Load();
        using var run = new FuzzRun(suite, seed);
        var started = Stopwatch.GetTimestamp();
        var told = 0L;
        var hung = FuzzSupervisor.Watch(run, () => run.Run(first, count, journal), done =>
        {
            if (done - told < count / 10)
                return;
            told = done;
            Console.WriteLine($"{done} messages after {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s, {run.Faults.Count} faults");
        });
        if (hung is { } number)
        {
            using var again = new FuzzRun(suite, seed);
            Console.Error.WriteLine($"a reader did not come back for {FuzzSupervisor.Patience.TotalSeconds:0} s from message {number} of seed {seed}: --replay {Convert.ToHexStringLower(again.Make(number))}");
            Environment.Exit(Hung);
        }

        var report = new FuzzReport(run, Stopwatch.GetElapsedTime(started));
        if (!quiet)
            Console.Write(report.Table());
        Console.WriteLine(report);
        foreach (var fault in run.Faults)
            Console.Error.WriteLine(fault);
        var bound = least ?? count * WholeRunLeast / WholeRun;
        var rare = report.Lowest.TakeWhile(c => c.Count < bound).ToList();
        foreach (var (reader, attribute, met) in rare)
            Console.Error.WriteLine($"{reader} met {attribute} {met} times, not {bound}");
        return run.Faults.Count == 0 && rare.Count == 0 ? 0 : Faulty;
    }

    private static int Replay(string? reader, string hex, TextWriter error)
    {
        byte[] message;
        try
        {
            message = Convert.FromHexString(hex);
        }
        catch (FormatException)
        {
            error.WriteLine("fuzz: --replay takes pairs of hexadecimal digits.");
            return Refused;
        }

        var suite = FuzzSuite.Load();
        if (reader is not null && suite.Targets.All(t => t.Name != reader))
        {
            error.WriteLine($"fuzz: there is no reader {reader}, but {string.Join(", ", suite.Targets)}.");
            return Refused;
        }

        using var run = new FuzzRun(suite, 0);
        run.Replay(reader, message);
        foreach (var fault in run.Faults)
            Console.Error.WriteLine(fault);
        Console.WriteLine($"{run.Faults.Count} faults");
        return run.Faults.Count == 0 ? 0 : Faulty;
    }
}
