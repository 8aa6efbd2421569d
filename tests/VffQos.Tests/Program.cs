using VffQos.Tests.State;

namespace VffQos.Tests;

/// <summary>Runs the tests; or, when a test has started this program again, what that test needs another process for.</summary>
internal static class Program
{
    public static int Main(string[] args) => args is [StateWriter.Command, ..]
        ? StateWriter.Run(args.AsSpan(1))
        : Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args).GetAwaiter().GetResult();
}
