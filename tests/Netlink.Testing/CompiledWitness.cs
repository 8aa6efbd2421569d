using System.Diagnostics;
using Xunit;

namespace VffNetlink.Testing;

/// <summary>A witness in C, compiled when a test wants it. Without a compiler or libmnl the test is skipped, and says so.</summary>
internal sealed class CompiledWitness : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("witness").FullName;

    public CompiledWitness(string source)
    {
        Requires.Tool("gcc");
        if (!File.Exists("/usr/include/libmnl/libmnl.h"))
            Assert.Skip("needs libmnl's headers (libmnl-dev) for a witness in C");
        Program = Path.Combine(_folder, Path.GetFileNameWithoutExtension(source));
        var start = new ProcessStartInfo(Witness.Find("gcc")!) { RedirectStandardError = true };
        foreach (var argument in (string[])["-Wall", "-Wextra", "-Werror", "-O1", "-o", Program, Path.Combine(AppContext.BaseDirectory, "Witness", source), "-lmnl"])
            start.ArgumentList.Add(argument);
        using var compiler = Process.Start(start)!;
        var complaints = compiler.StandardError.ReadToEnd();
        compiler.WaitForExit();
        Assert.True(compiler.ExitCode == 0, complaints);
    }

    /// <summary>Its whole path, for <see cref="Witness.Run(NetworkNamespace, string, string[])"/>.</summary>
    public string Program { get; }

    /// <summary>Runs it where we are, and returns what it prints.</summary>
    public string Run(params ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo(Program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var complaints = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, complaints.GetAwaiter().GetResult());
        return output;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
