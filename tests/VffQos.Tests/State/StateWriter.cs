using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using VffQos.Marks;
using VffQos.Sources.Logs;
using VffQos.State;

namespace VffQos.Tests.State;

/// <summary>Another process that uses a state directory: this program, started again.</summary>
internal static class StateWriter
{
    public const string Command = "--write-state";

    /// <summary>How often <see cref="StartComingAndGoing"/> opens the store, and how many users it leaves.</summary>
    public const int ComingAndGoing = 15;

    /// <summary>Stores users as fast as it can, and writes down each that it was told is on disk, until it is killed.</summary>
    public static Process StartUntilKilled(string directory, string report) => Start(directory, report);

    /// <summary>Opens the store, stores a user and closes it, again and again.</summary>
    public static Process StartComingAndGoing(string directory) => Start(directory);

    public static int Run(ReadOnlySpan<string> arguments)
    {
        if (arguments is [var directory, var report])
            StoreUntilKilled(directory, report);
        else
            ComeAndGo(arguments[0]);
        return 0;
    }

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardError = true };
        // Under the dotnet host the program is its first argument.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(StateWriter).Assembly.Location);
        start.ArgumentList.Add(Command);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    private static void StoreUntilKilled(string directory, string report)
    {
        using var woken = new AutoResetEvent(false);
        using var store = StateStore.Open(directory, () => woken.Set(), NullLogger.Instance);
        using var written = new StreamWriter(new FileStream(report, FileMode.Append, FileAccess.Write, FileShare.Read)) { AutoFlush = true };
        for (var index = store.Contents.Users.Count + MarkSpace.FirstIndex; ; index++)
        {
            // A few at a time, so that commits hold one, or several.
            store.SaveUser(User(index));
            store.SavePosition("/log", new LogPosition(1, 2, index, 3));
            if (index % 3 == 0)
                woken.WaitOne();
            while (store.TryTakeDurable(out var durable))
                written.Write(durable + "\n");
        }
    }

    private static void ComeAndGo(string directory)
    {
        for (var index = 0; index < ComingAndGoing; index++)
        {
            using var store = StateStore.Open(directory, () => { }, NullLogger.Instance);
            store.SaveUser(User(MarkSpace.FirstIndex + index));
        }
    }

    private static MarkedUser User(int index) =>
        new(string.Create(CultureInfo.InvariantCulture, $"user{index}"), (ushort)index, (uint)index, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
}
