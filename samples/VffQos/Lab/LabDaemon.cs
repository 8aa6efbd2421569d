using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using VffQos.Configuration;
using VffQos.Hosting;

namespace VffQos.Lab;

/// <summary>The daemon, as <c>vffqos run</c> runs it, on a thread inside the laboratory's server.</summary>
internal sealed class LabDaemon : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Daemon _daemon;
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _ended = new();
    private ExceptionDispatchInfo? _failure;

    /// <summary>Starts it.</summary>
    public LabDaemon(LabNetwork network, VffQosConfig config, ILoggerFactory loggers)
    {
        _daemon = new Daemon(config, loggers, TimeProvider.System);
        _thread = network.Server.Start("vffqos", Run);
    }

    /// <summary>Waits until the policy is in the kernel and the log is followed.</summary>
    /// <exception cref="StartException">It could not start.</exception>
    public void WaitReady(CancellationToken stop)
    {
        WaitHandle.WaitAny([_daemon.Ready.WaitHandle, _ended.WaitHandle, stop.WaitHandle]);
        stop.ThrowIfCancellationRequested();
        ThrowIfEnded();
    }

    /// <summary>Throws what ended the daemon, where something did.</summary>
    public void ThrowIfEnded()
    {
        if (!_ended.IsSet)
            return;
        _failure?.Throw();
        throw new InvalidOperationException("The daemon ended by itself.");
    }

    /// <summary>Stops it as SIGTERM does: the shaping stays.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join();
        _daemon.Dispose();
        _ended.Dispose();
        _stop.Dispose();
    }

    private void Run()
    {
        try
        {
            _daemon.Run(_stop.Token);
        }
        catch (Exception exception)
        {
            _failure = ExceptionDispatchInfo.Capture(exception);
        }
        finally
        {
            _ended.Set();
        }
    }
}
