using System.CommandLine;
using Microsoft.Extensions.Logging;
using VffQos.Configuration;
using VffQos.Hosting;
using VffQos.Shaping;
using VffQos.State;

namespace VffQos.Cli;

/// <summary><c>vffqos absent</c>: everything of ours goes, and nothing else.</summary>
internal static class AbsentCommand
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(30);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var config = CommandLine.ConfigOption();
        var force = new Option<bool>("--force") { Description = "Stops a daemon that runs here, first." };
        var command = new Command("absent", "Removes everything of ours from the kernel, and nothing else. The state stays.") { config, force };
        command.SetAction(parsed => CommandLine.Guard(() => Run(parsed.GetValue(config)!, parsed.GetValue(force))));
        return command;
    }

    private static int Run(string file, bool force)
    {
        var config = ConfigReader.Read(file);
        Privilege.RequireNetAdmin("absent");
        using var mine = Take(force);
        using var loggers = Loggers.Create(LogLevel.Information);
        using var store = StateStore.Open(config.StateDirectory, static () => { }, loggers.CreateLogger<StateStore>());
        using var shaper = Shaper.Open(ShapingPolicy.From(config), store, loggers.CreateLogger<Shaper>());
        shaper.Absent(Inheritance.OursOf(config, store.Contents));
        store.Set(Inheritance.MasksFact, null);
        store.Set(Inheritance.PortsFact, null);
        Console.WriteLine("Everything of vffqos is gone from this network namespace.");
        return 0;
    }

    private static NamespaceLock Take(bool force)
    {
        for (var stopped = false; ; stopped = true)
        {
            if (NamespaceLock.TryTake() is { } mine)
                return mine;
            var holder = NamespaceLock.Holder();
            if (!force)
                throw new StartException($"vffqos runs in this network namespace (process {holder}): stop it first, or give --force.");
            if (stopped || !NamespaceLock.StopHolder(StopTimeout))
                throw new StartException($"The vffqos that runs in this network namespace (process {holder}) did not stop.");
        }
    }
}
