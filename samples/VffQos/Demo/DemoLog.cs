using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace VffQos.Demo;

/// <summary>Keeps what the daemon logs until the table is no longer in the way.</summary>
internal sealed class DemoLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            _lines.Enqueue($"{logLevel}: {formatter(state, exception)}{(exception is null ? "" : $" ({exception.Message})")}");
    }

    /// <summary>Writes and forgets what came together.</summary>
    public void WriteTo(TextWriter output)
    {
        while (_lines.TryDequeue(out var line))
            output.WriteLine(line);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is held.
    }
}
