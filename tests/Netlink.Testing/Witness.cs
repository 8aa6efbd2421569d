using System.Diagnostics;

namespace VffNetlink.Testing;

/// <summary>Runs a command-line tool inside a network namespace: an independent view of what the kernel holds.</summary>
public static class Witness
{
    /// <summary>Runs a tool and returns what it printed; any other exit code than 0 fails the test.</summary>
    /// <param name="ns">Where it runs.</param>
    /// <param name="tool">Such as <c>tc</c>.</param>
    /// <param name="arguments">Separated by blanks.</param>
    public static string Run(NetworkNamespace ns, string tool, string arguments) =>
        Run(ns, tool, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Runs a tool and returns what it printed; any other exit code than 0 fails the test.</summary>
    public static string Run(NetworkNamespace ns, string tool, params string[] arguments)
    {
        var (code, output, error) = TryRun(ns, tool, arguments);
        return code == 0 ? output : throw new InvalidOperationException($"{tool} {string.Join(' ', arguments)}: exit code {code}: {error}{output}");
    }

    /// <summary>Runs a tool, whatever its exit code.</summary>
    public static (int ExitCode, string Output, string Error) TryRun(NetworkNamespace ns, string tool, params string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(ns);
        var start = new ProcessStartInfo(Find("nsenter") ?? throw new InvalidOperationException("The witness \"nsenter\" is missing."))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add($"--net=/proc/{Environment.ProcessId}/fd/{ns.Descriptor}");
        start.ArgumentList.Add("--");
        start.ArgumentList.Add(Find(tool) ?? throw new InvalidOperationException($"The witness \"{tool}\" is missing."));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    /// <summary>Where a tool is; null where it is not installed. A whole path is taken as it is.</summary>
    public static string? Find(string tool)
    {
        if (Path.IsPathRooted(tool))
            return File.Exists(tool) ? tool : null;
        foreach (var folder in (string[])["/usr/sbin", "/usr/bin", "/sbin", "/bin"])
        {
            var path = Path.Combine(folder, tool);
            if (File.Exists(path))
                return path;
        }

        return null;
    }
}
