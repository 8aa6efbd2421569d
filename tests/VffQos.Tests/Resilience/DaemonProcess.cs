using System.Diagnostics;
using System.Globalization;
using VffNetlink;

namespace VffQos.Tests.Resilience;

/// <summary>The daemon as a process of its own inside a namespace, to be killed as nothing else can be.</summary>
internal sealed class DaemonProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "vffqos");

    private readonly Process _process;
    private readonly ManualResetEventSlim _follows = new();
    private readonly List<string> _log = [];

    /// <summary>Starts <c>vffqos run</c>.</summary>
    public DaemonProcess(NetworkNamespace ns, string config)
        : this(ns, Command("run", config))
    {
    }

    /// <summary>Starts <c>vffqos run</c> under another program, which is what a signal would reach.</summary>
    public DaemonProcess(NetworkNamespace ns, string config, string tool, params ReadOnlySpan<string> before)
        : this(ns, Under(tool, before, "run", "--config", config))
    {
    }

    private DaemonProcess(NetworkNamespace ns, ProcessStartInfo start, bool isRead = true)
    {
        // The child keeps the namespace of the thread that starts it.
        _process = ns.Run(() => Process.Start(start)!);
        if (!isRead)
            return;
        _process.ErrorDataReceived += (_, e) => Take(e.Data);
        _process.BeginErrorReadLine();
    }

    /// <summary>Starts <c>vffqos run</c> with nobody at the other end of its log.</summary>
    public static DaemonProcess StartUnread(NetworkNamespace ns, string config) => new(ns, Command("run", config), isRead: false);

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Runs another command of the program and returns its exit code and output.</summary>
    public static (int ExitCode, string Output, string Error) Run(NetworkNamespace ns, string config, string command, params ReadOnlySpan<string> options)
    {
        var start = Command(command, config);
        foreach (var option in options)
            start.ArgumentList.Add(option);
        return Run(ns, start);
    }

    /// <summary>Runs the program under another one, such as <c>strace</c>.</summary>
    public static (int ExitCode, string Output, string Error) RunUnder(NetworkNamespace ns, string tool, string[] before, params ReadOnlySpan<string> arguments) =>
        Run(ns, Under(tool, before, arguments));

    private static ProcessStartInfo Under(string tool, ReadOnlySpan<string> before, params ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo(tool) { RedirectStandardError = true };
        foreach (var argument in (ReadOnlySpan<string>)[.. before, Program, .. arguments])
            start.ArgumentList.Add(argument);
        return start;
    }

    private static (int ExitCode, string Output, string Error) Run(NetworkNamespace ns, ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        using var process = ns.Run(() => Process.Start(start)!);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    /// <summary>What it logged so far.</summary>
    public IReadOnlyList<string> Log
    {
        get
        {
            lock (_log)
                return [.. _log];
        }
    }

    /// <summary>Waits until the policy is applied and the log is followed.</summary>
    public void WaitReady(CancellationToken stop) =>
        Assert.True(_follows.Wait(Patience, stop), $"the daemon does not follow the log: {string.Join('\n', _log)}");

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>SIGTERM, or another; returns the exit code.</summary>
    public int Signal(string name = "TERM")
    {
        using (var kill = Process.Start("kill", ["-" + name, Id.ToString(CultureInfo.InvariantCulture)]))
            kill.WaitForExit();
        return WaitEnded();
    }

    /// <summary>Waits for its end, however that comes; returns the exit code.</summary>
    public int WaitEnded()
    {
        Assert.True(_process.WaitForExit(Patience), "the daemon does not end");
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
        _follows.Dispose();
    }

    private static ProcessStartInfo Command(string command, string config)
    {
        var start = new ProcessStartInfo(Program) { RedirectStandardError = true };
        start.ArgumentList.Add(command);
        start.ArgumentList.Add("--config");
        start.ArgumentList.Add(config);
        return start;
    }

    private void Take(string? line)
    {
        if (line is null)
            return;
        lock (_log)
            _log.Add(line);
        if (line.Contains("following the log", StringComparison.Ordinal))
            _follows.Set();
    }
}
