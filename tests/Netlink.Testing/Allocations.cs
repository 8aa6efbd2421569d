using Xunit;

namespace VffNetlink.Testing;

/// <summary>The promise that a hot path allocates nothing, as an assertion.</summary>
public static class Allocations
{
    /// <summary>Runs an action over and over and fails where it allocated a single byte after warm-up.</summary>
    /// <param name="action">Must not capture per call what it allocates itself.</param>
    /// <param name="repetitions">After the warm-up.</param>
    public static void None(Action action, int repetitions = 10_000)
    {
        ArgumentNullException.ThrowIfNull(action);
        for (var i = 0; i < 200; i++)
            action();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < repetitions; i++)
            action();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
