using System.Text;
using Vffnl.Output;

namespace Vffnl.Cli;

/// <summary>Where a command's output and its complaints go.</summary>
/// <param name="Output">UTF-8; what was asked for.</param>
/// <param name="Error">What went wrong, a line each.</param>
internal sealed record Terminal(Stream Output, TextWriter Error)
{
    /// <summary>Tells what went wrong in one line, whatever was typed or is called so.</summary>
    public void Complain(string message)
    {
        try
        {
            Error.WriteLine(TextReport.AppendHarmless(new StringBuilder("vffnl: "), message).ToString());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException) // the latter where the stream is closed
        {
            // Nobody can be told; the exit code is the same.
        }
    }
}
