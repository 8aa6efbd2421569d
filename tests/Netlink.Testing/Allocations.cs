using System.Diagnostics;
using Xunit;

namespace VffNetlink.Testing;

/// <summary>The promise that a hot path allocates nothing, as an assertion.</summary>
public static class Allocations
{
    // What the code allocates does not depend on the kernel; an emulated machine (tests/vm) only has to see that it runs.
    private static readonly bool IsEmulated = Environment.GetEnvironmentVariable("VFFNETLINK_VM") is not null;

    /// <summary>Runs an action over and over and fails where it allocated a single byte in every round of many after warm-up.</summary>
    /// <param name="action">Must not capture per call what it allocates itself.</param>
    /// <param name="repetitions">Of a round.</param>
    /// <param name="patience">How long the runtime is given to come to an end with its compiling; null: 20 seconds.</param>
    public static void None(Action action, int repetitions = 10_000, TimeSpan? patience = null)
    {
        ArgumentNullException.ThrowIfNull(action);
        if (IsEmulated)
            repetitions = Math.Min(repetitions, 300);
        for (var i = 0; i < Math.Min(repetitions, 200); i++)
            action();
        // The runtime runs unoptimised code first, which boxes what optimised code does not, and allocates when it swaps methods; an
        // emulated machine takes a while to get there. What the code itself allocates, it allocates in every round.
        long allocated;
        var started = Stopwatch.GetTimestamp();
        var round = 0;
        do
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < repetitions; i++)
                action();
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        while (allocated != 0 && (++round < 3 || Stopwatch.GetElapsedTime(started) < (patience ?? TimeSpan.FromSeconds(20))));

        Assert.Equal(0, allocated);
    }
}
