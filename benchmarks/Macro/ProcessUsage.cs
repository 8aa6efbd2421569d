using System.Globalization;

namespace VffNetlink.Benchmarks.Macro;

/// <summary>What a process used so far, thread by thread, from <c>/proc</c>.</summary>
internal sealed class ProcessUsage
{
    private readonly Dictionary<string, (long Nanoseconds, long Waits)> _threads = [];

    /// <summary>Looks now.</summary>
    public static ProcessUsage Of(int processId)
    {
        var usage = new ProcessUsage();
        foreach (var task in Directory.GetDirectories($"/proc/{processId}/task"))
        {
            try
            {
                var nanoseconds = long.Parse(File.ReadAllText(task + "/schedstat").Split(' ')[0], CultureInfo.InvariantCulture);
                var waits = File.ReadLines(task + "/status").First(static l => l.StartsWith("voluntary_ctxt_switches:", StringComparison.Ordinal));
                usage._threads[task] = (nanoseconds, long.Parse(waits.AsSpan(24), CultureInfo.InvariantCulture));
            }
            catch (IOException)
            {
                // The thread ended while it was looked at.
            }
        }

        return usage;
    }

    /// <summary>What the threads that live now used since an earlier look.</summary>
    /// <returns>Time on processors, and how often they went to sleep by themselves, and so were woken.</returns>
    public (TimeSpan Cpu, long Waits) Since(ProcessUsage earlier)
    {
        long nanoseconds = 0, waits = 0;
        foreach (var (task, now) in _threads)
        {
            var before = earlier._threads.GetValueOrDefault(task);
            nanoseconds += now.Nanoseconds - before.Nanoseconds;
            waits += now.Waits - before.Waits;
        }

        return (TimeSpan.FromMicroseconds(nanoseconds / 1000.0), waits);
    }
}
