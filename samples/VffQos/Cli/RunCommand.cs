using System.CommandLine;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using VffQos.Configuration;
using VffQos.Hosting;

namespace VffQos.Cli;

/// <summary><c>vffqos run</c>: applies the policy and follows the log until it is told to stop. The shaping stays.</summary>
internal static class RunCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var config = CommandLine.ConfigOption();
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Logs details, too." };
        var command = new Command("run", "Applies the policy, then follows the log until SIGINT or SIGTERM. The shaping stays when it ends.") { config, verbose };
        command.SetAction(parsed => CommandLine.Guard(() => Run(parsed.GetValue(config)!, parsed.GetValue(verbose))));
        return command;
    }

    private static int Run(string file, bool verbose)
    {
        // First of all, so that a stop amid the start is one, too.
        using var stop = new CancellationTokenSource();
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop); // the terminal is gone
        var config = ConfigReader.Read(file);
        Privilege.RequireNetAdmin("run");
        using var loggers = Loggers.Create(verbose ? LogLevel.Debug : LogLevel.Information);
        using var daemon = new Daemon(config, loggers, TimeProvider.System);
        daemon.Run(stop.Token);
        return 0;
    }
}
