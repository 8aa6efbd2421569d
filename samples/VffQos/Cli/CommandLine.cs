using System.CommandLine;
using System.Net.Sockets;
using VffNetlink;
using VffQos.Configuration;
using VffQos.Demo;
using VffQos.Hosting;
using VffQos.Shaping;
using VffQos.State;

namespace VffQos.Cli;

/// <summary>The commands and their exit codes: 0 done, 1 failed on the way, 2 not even begun.</summary>
internal static class CommandLine
{
    /// <summary>Not all that was asked was done.</summary>
    public const int Failed = 1;

    private const int Refused = 2;

    /// <summary>Parses and runs.</summary>
    public static int Run(string[] arguments)
    {
        var root = new RootCommand("Holds every user of a proxy or VPN node to that user's own rates, over netlink alone.")
        {
            RunCommand.Create(),
            PlanCommand.Create(),
            StatusCommand.Create(),
            AbsentCommand.Create(),
            DemoCommand.Create(),
        };
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                Console.Error.WriteLine($"vffqos: {error.Message}");
            return Refused;
        }

        return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }

    /// <summary>The option that names the configuration file.</summary>
    public static Option<string> ConfigOption() => new("--config", "-c")
    {
        Description = "The configuration file, JSON with comments.",
        DefaultValueFactory = static _ => "/etc/vffqos/vffqos.jsonc",
    };

    /// <summary>Runs a command's work and turns what stops it into a sentence and an exit code.</summary>
    public static int Guard(Func<int> work)
    {
        try
        {
            return work();
        }
        catch (ConfigException exception)
        {
            foreach (var error in exception.Errors)
                Console.Error.WriteLine(error);
            return Refused;
        }
        catch (Exception exception) when (exception is StartException or ShapingException or StateException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"vffqos: {exception.Message}");
            return Refused;
        }
        catch (Exception exception) when (exception is NetlinkException or NetlinkFormatException or IOException or SocketException or TimeoutException)
        {
            Console.Error.WriteLine($"vffqos: {exception.Message}");
            return Failed;
        }
    }
}
