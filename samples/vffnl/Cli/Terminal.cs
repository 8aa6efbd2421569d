namespace Vffnl.Cli;

/// <summary>Where a command's output and its complaints go.</summary>
/// <param name="Output">UTF-8; what was asked for.</param>
/// <param name="Error">What went wrong, a line each.</param>
internal sealed record Terminal(Stream Output, TextWriter Error);
