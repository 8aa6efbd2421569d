using System.CommandLine;
using VffNetlink;
using Vffnl.Conntrack;
using Vffnl.Decode;
using Vffnl.Monitor;
using Vffnl.Route;

namespace Vffnl.Cli;

/// <summary>The commands and their exit codes: 0 done, 1 refused by the kernel or failed on the way, 2 not understood.</summary>
internal static class CommandLine
{
    private const int Failed = 1;
    private const int NotUnderstood = 2;
    private const int BrokenPipe = 32; // EPIPE

    /// <summary>Parses and runs.</summary>
    public static int Run(string[] arguments, Terminal terminal, CancellationToken cancellation = default)
    {
        var root = new RootCommand("Shows what the kernel's network stack holds, over netlink alone.")
        {
            LinkCommand.Create(terminal),
            AddrCommand.Create(terminal),
            RouteCommand.Create(terminal),
            NeighCommand.Create(terminal),
            RuleCommand.Create(terminal),
            CtCommand.Create(terminal),
            MonitorCommand.Create(terminal),
            DecodeCommand.Create(terminal),
        };
        root.Add(Options.Netns());
        var parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            terminal.Complain(Complaint(parsed));
            return NotUnderstood;
        }

        try
        {
            return Invoke(parsed, terminal, cancellation);
        }
        catch (IOException exception) when (exception.HResult == BrokenPipe)
        {
            return Failed; // who read the output has gone, and knows
        }
        catch (UsageException exception)
        {
            terminal.Complain(exception.Message);
            return NotUnderstood;
        }
        catch (Exception exception) when (exception is NetlinkException or NetlinkFormatException or IOException or UnauthorizedAccessException or TimeoutException)
        {
            terminal.Complain(exception.Message);
            return Failed;
        }
    }

    private static int Invoke(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        // Of help and version alone; commands write to the stream itself.
        using var output = new StreamWriter(terminal.Output, leaveOpen: true);
        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = output, Error = terminal.Error };
        return parsed.InvokeAsync(configuration, cancellation).GetAwaiter().GetResult();
    }

    /// <summary>What is wrong with the arguments, in one line: what nobody knows before what is missing.</summary>
    private static string Complaint(ParseResult parsed)
    {
        var names = new List<string>();
        for (var at = parsed.CommandResult; at is not null; at = at.Parent as System.CommandLine.Parsing.CommandResult)
            names.Insert(0, at.Parent is null ? "vffnl" : at.Command.Name);
        var command = string.Join(' ', names);
        var what = parsed.UnmatchedTokens.Count > 0
            ? $"\"{parsed.UnmatchedTokens[0]}\" is not known here"
            : string.Join(' ', parsed.Errors[0].Message.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
        return $"{what}; see {command} --help";
    }
}
