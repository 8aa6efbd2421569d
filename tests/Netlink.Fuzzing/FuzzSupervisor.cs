using System.Diagnostics;

namespace VffNetlink.Fuzzing;

/// <summary>Runs on a thread of its own, and finds out where that one hangs.</summary>
internal static class FuzzSupervisor
{
    /// <summary>A message takes some microseconds. Another program's burst may hold a machine up, for less than this.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private const int StackSize = 1 << 20; // what a thread of a server's pool has, and less than the main thread

    /// <summary>Runs to the end.</summary>
    /// <param name="run">The run; its thread is left alone where it hangs.</param>
    /// <param name="work">What the thread does.</param>
    /// <param name="progress">Called about once a second with what is done; null: nobody asks.</param>
    /// <param name="patience">How long a message may take; null: <see cref="Patience"/>.</param>
    /// <returns>The number of the message that a reader did not come back from; null where all is well.</returns>
    public static long? Watch(FuzzRun run, Action work, Action<long>? progress = null, TimeSpan? patience = null)
    {
        Exception? failure = null;
        var thread = new Thread(Run, StackSize) { IsBackground = true, Name = "fuzz" };
        thread.Start();
        var (last, since) = (-1L, Stopwatch.GetTimestamp());
        while (!thread.Join(TimeSpan.FromSeconds(1)))
        {
            progress?.Invoke(run.Messages);
            if (run.Number is var number && number != last)
                (last, since) = (number, Stopwatch.GetTimestamp());
            else if (number >= 0 && Stopwatch.GetElapsedTime(since) > (patience ?? Patience))
                return number;
        }

        return failure is null ? null : throw new InvalidOperationException("The fuzzer itself failed.", failure);

        void Run()
        {
            try
            {
                work();
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        }
    }
}
