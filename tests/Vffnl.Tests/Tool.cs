using System.Diagnostics;
using System.Text;
using VffNetlink;
using Vffnl.Cli;

namespace Vffnl.Tests;

/// <summary>Runs vffnl, in this process or as one of its own.</summary>
internal static class Tool
{
    /// <summary>What to start, before the arguments: the built program under the dotnet host that runs the tests.</summary>
    public static string[] Program { get; } = [Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet", Path.Combine(AppContext.BaseDirectory, "vffnl.dll")];

    /// <summary>The path of a namespace that is held open here, for <c>--netns</c>.</summary>
    public static string PathOf(NetworkNamespace ns) => $"/proc/{Environment.ProcessId}/fd/{ns.Descriptor}";

    /// <summary>Runs a command line in this process.</summary>
    public static (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        var code = CommandLine.Run(arguments, new Terminal(output, error));
        return (code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    /// <summary>Runs a command line in a namespace; anything but success fails the test.</summary>
    public static string Show(NetworkNamespace ns, params string[] arguments)
    {
        var (code, output, error) = Run([.. arguments, "--netns", PathOf(ns)]);
        Assert.True(code == 0, $"vffnl {string.Join(' ', arguments)}: exit code {code}: {error}");
        Assert.Equal("", error);
        return output;
    }

    /// <summary>Starts a command as a process, its output and errors to be read.</summary>
    public static Process Start(params ReadOnlySpan<string> command)
    {
        var start = new ProcessStartInfo(command[0]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in command[1..])
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    /// <summary>Runs a command as a process to its end.</summary>
    public static (int ExitCode, string Output, string Error) RunProcess(params ReadOnlySpan<string> command)
    {
        using var process = Start(command);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
