using System.Diagnostics;
using System.Globalization;
using VffNetlink.Uapi;

namespace VffNetlink.Benchmarks.Peers;

/// <summary>Times an operation and prints what the runner reads.</summary>
internal static class Report
{
    private static readonly TimeSpan AwakeAfter = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs the action once, under the clock.</summary>
    /// <param name="count">Operations in it.</param>
    /// <param name="action">Returns how many of them failed.</param>
    /// <returns>The exit code.</returns>
    public static int Time(int count, Func<long> action)
    {
        var start = Stopwatch.GetTimestamp();
        var errors = action();
        var elapsed = Stopwatch.GetElapsedTime(start);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalMicroseconds / count:F6} {errors}"));
        return errors == 0 ? 0 : 1;
    }

    /// <summary>A message that every family acknowledges and does nothing for, so that code is warm that reads successes.</summary>
    public static byte[] Nothing()
    {
        var message = new byte[16];
        MessageWriter.Begin(message, (ushort)NLMSG.NLMSG_NOOP, NLM_F.NLM_F_REQUEST);
        return message;
    }

    /// <summary>Runs code that managed runtimes compile on first use, until it is compiled. It must change nothing.</summary>
    /// <param name="action">The code.</param>
    /// <param name="calls">How often it runs each time; thirty make a method hot.</param>
    public static void WarmUp(Action action, int calls = 200)
    {
        for (var i = 0; i < 3; i++)
        {
            for (var j = 0; j < calls; j++)
                action();
            Thread.Sleep(120); // the runtime compiles hot methods in the background, 100 ms after the last new one
        }

        // The processor has slept as well, and takes a while to be as fast as under a program that came without a pause.
        var awake = Stopwatch.GetTimestamp();
        do
            action();
        while (Stopwatch.GetElapsedTime(awake) < AwakeAfter);
    }
}
