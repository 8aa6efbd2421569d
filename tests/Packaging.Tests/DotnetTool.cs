using System.Diagnostics;
using VffNetlink.Testing;

namespace VffNetlink.Packaging.Tests;

/// <summary>The SDK that runs the tests.</summary>
internal static class DotnetTool
{
    /// <summary>Its program; skips the test where there is only a runtime.</summary>
    public static string Path()
    {
        if (Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host)
            return host;
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            if (File.Exists(System.IO.Path.Combine(folder, "dotnet")))
                return System.IO.Path.Combine(folder, "dotnet");
        }

        Assert.Skip("needs the SDK (dotnet)");
        return "";
    }

    /// <summary>Runs a command of it; any other exit code than 0 fails the test.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="packages">The folder that packages are unpacked to, so that no earlier build of a version is taken; null: the user's own.</param>
    /// <param name="arguments">Such as <c>pack</c>.</param>
    public static string Run(string folder, string? packages, params ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo(Path()) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        // What the test runner told its own MSBuild is nothing to another.
        foreach (var name in start.Environment.Keys.Where(static name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        if (packages is not null)
            start.Environment["NUGET_PACKAGES"] = packages;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}: exit code {process.ExitCode}\n{output}{error.GetAwaiter().GetResult()}");
        return output;
    }
}
