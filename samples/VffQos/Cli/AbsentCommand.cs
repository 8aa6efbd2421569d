using System.CommandLine;
using Microsoft.Extensions.Logging;
using VffQos.Configuration;
using VffQos.DataPlanes;
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
        using var store = TryOpenState(config.StateDirectory, loggers, out var trouble);
        var contents = store?.Contents ?? TryReadState(config.StateDirectory);
        using var shaper = Shaper.Open(ShapingPolicy.From(config), store ?? (ISetupFacts)new TransientFacts(contents?.Facts), loggers.CreateLogger<Shaper>());
        shaper.Absent(Inheritance.OursOf(config, contents ?? StateContents.Empty));
        store?.Set(Inheritance.MasksFact, null);
        store?.Set(Inheritance.PortsFact, null);
        if (trouble is null)
        {
            Console.WriteLine("Everything of vffqos is gone from this network namespace.");
            return 0;
        }

        Console.Error.WriteLine(contents is null
            ? $"vffqos: Everything of vffqos that the kernel tells of is gone from this network namespace. What only the state knew is not: the length that the WAN's transmit queue had, whether a clsact without filters was made by vffqos, marks of users who had no class any more. {trouble}"
            : $"vffqos: Everything of vffqos is gone from this network namespace, but the state could not be told. {trouble}");
        return CommandLine.Failed;
    }

    /// <summary>The state; null, with the reason, where it cannot be kept: what is in the kernel has to go all the same.</summary>
    private static StateStore? TryOpenState(string directory, ILoggerFactory loggers, out string? trouble)
    {
        trouble = null;
        try
        {
            return StateStore.Open(directory, static () => { }, loggers.CreateLogger<StateStore>());
        }
        catch (StateException exception) when (!exception.IsInUse)
        {
            trouble = exception.Message;
            return null;
        }
    }

    /// <summary>What a state that cannot be written holds; null where it cannot be read either.</summary>
    private static StateContents? TryReadState(string directory)
    {
        try
        {
            return StateDatabase.Read(directory) is var contents && contents != StateContents.Empty ? contents : null;
        }
        catch (Exception exception) when (exception is StateException or IOException or UnauthorizedAccessException)
        {
            return null; // why was told when it was to be opened
        }
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
