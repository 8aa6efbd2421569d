using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace VffQos.Cli;

/// <summary>The log of the commands: one line an entry, on standard error, with the level that journald knows.</summary>
internal static class Loggers
{
    /// <summary>A factory for entries from <paramref name="minimum"/> up.</summary>
    public static ILoggerFactory Create(LogLevel minimum) => LoggerFactory.Create(builder => builder
        .SetMinimumLevel(minimum)
        .AddSystemdConsole()
        .AddConsole(static options =>
        {
            options.FormatterName = ConsoleFormatterNames.Systemd;
            options.LogToStandardErrorThreshold = LogLevel.Trace;
            options.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite; // who does not read holds nobody up, and is told how much was missed
        }));
}
