using System.CommandLine;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Spectre.Console;
using VffNetlink;
using VffQos.Cli;
using VffQos.Hosting;

namespace VffQos.Demo;

/// <summary><c>vffqos demo</c>.</summary>
internal static class DemoCommand
{
    private const int Interrupted = 130; // as shells report SIGINT

    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        var shortest = (int)Demonstration.Ramp.TotalSeconds + 2;
        var seconds = new Option<int>("--seconds") { Description = "How long the traffic runs.", DefaultValueFactory = static _ => 15 };
        seconds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < shortest)
                result.AddError($"--seconds takes a whole number from {shortest} on: the rates settle for {Demonstration.Ramp.TotalSeconds:0} s before they are measured.");
        });
        var command = new Command("demo", "Show the shaping at work in network namespaces of its own: six users, real traffic, measured rates.") { seconds };
        command.SetAction(parsed => CommandLine.Guard(() => Run(TimeSpan.FromSeconds(parsed.GetValue(seconds)))));
        return command;
    }

    private static int Run(TimeSpan duration)
    {
        if (!Privilege.HasNetAdmin || !Privilege.HasSysAdmin)
            throw new StartException("vffqos demo needs root (CAP_SYS_ADMIN and CAP_NET_ADMIN) to make network namespaces of its own: start it with sudo.");
        using var stop = new CancellationTokenSource();
        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);

        using var log = new DemoLog();
        using var loggers = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Warning).AddProvider(log));
        try
        {
            IDemoView view = Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Ansi ? new PlainDemoView(Console.Out) : new TableDemoView(AnsiConsole.Console);
            return new Demonstration(duration, view, loggers).Run(stop.Token).IsSuccess ? 0 : 1;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Interrupted;
        }
        catch (NetlinkException exception) when (exception.Error.Number is Errno.EOPNOTSUPP or Errno.EPERM)
        {
            throw new StartException($"vffqos demo cannot make its network here ({exception.Message}): it needs a kernel with network namespaces and veth, and the right to use them.", exception);
        }
        finally
        {
            log.WriteTo(Console.Error);
        }
    }
}
