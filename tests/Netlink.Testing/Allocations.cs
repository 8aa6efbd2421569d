using Xunit;

namespace VffNetlink.Testing;

/// <summary>The promise that a hot path allocates nothing, as an assertion.</summary>
public static class Allocations
{
    /// <summary>Runs an action over and over and fails where it allocated a single byte in each of three rounds after warm-up.</summary>
    /// <param name="action">Must not capture per call what it allocates itself.</param>
    /// <param name="repetitions">Of a round.</param>
    public static void None(Action action, int repetitions = 10_000)
    {
        ArgumentNullException.ThrowIfNull(action);
        // What the code allocates does not depend on the kernel; an emulated machine (tests/vm) only has to see that it runs.
        if (Environment.GetEnvironmentVariable("VFFNETLINK_VM") is not null)
            repetitions = Math.Min(repetitions, 300);
        for (var i = 0; i < 200; i++)
            action();
        // The runtime allocates now and then when it swaps a hot method for a better one. What the code itself allocates, it
        // allocates every time.
        long allocated = 0;
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < repetitions; i++)
                action();
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (allocated == 0)
                return;
        }

        Assert.Equal(0, allocated);
    }
}
