namespace Vffnl.Cli;

/// <summary>What was asked for cannot be meant: nothing was begun.</summary>
internal sealed class UsageException(string message) : Exception(message);
