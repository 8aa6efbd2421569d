using Microsoft.Extensions.Logging;

namespace VffQos.Tests.Traffic;

/// <summary>Puts what the daemon logs beside the test's result.</summary>
internal sealed class TestLoggers : ILoggerFactory, ILogger
{
    private readonly ITestOutputHelper? _output = TestContext.Current.TestOutputHelper;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            _output?.WriteLine($"{logLevel}: {formatter(state, exception)}{(exception is null ? "" : $" ({exception})")}");
    }

    public void Write(string line) => _output?.WriteLine(line);

    public void Dispose()
    {
    }
}
