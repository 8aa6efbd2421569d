namespace VffQos.Lab;

/// <summary>
/// A network with a server, its access log and flows: everything around the daemon, in this process, with nothing but system
/// calls. No other process is started and nothing outside the two namespaces and the log is touched.
/// </summary>
internal sealed class TrafficLab : IDisposable
{
    private readonly List<TrafficFlow> _flows = [];
    private readonly LabServer _server;
    private readonly XrayLogWriter? _log;

    /// <summary>Makes the network and starts the server.</summary>
    /// <param name="accessLog">Where the server writes its access log; null: nowhere.</param>
    /// <param name="ports">What the server listens on.</param>
    /// <exception cref="VffNetlink.NetlinkException">A privilege or a part of the kernel is missing.</exception>
    public TrafficLab(string? accessLog, params ReadOnlySpan<ushort> ports)
    {
        Network = new LabNetwork();
        try
        {
            _log = accessLog is null ? null : new XrayLogWriter(accessLog, TimeProvider.System);
            _server = new LabServer(Network, _log);
            foreach (var port in ports)
                _server.Listen(port);
        }
        catch
        {
            _server?.Dispose();
            _log?.Dispose();
            Network.Dispose();
            throw;
        }
    }

    /// <summary>The namespaces.</summary>
    public LabNetwork Network { get; }

    /// <summary>Opens a flow; it is on its way when this returns.</summary>
    public TrafficFlow Open(FlowOptions options)
    {
        var flow = new TrafficFlow(options, Network);
        _server.Expect(flow);
        _flows.Add(flow);
        flow.Open();
        return flow;
    }

    /// <summary>Waits until every open flow is established.</summary>
    /// <exception cref="InvalidOperationException">A flow failed.</exception>
    /// <exception cref="TimeoutException">The time is up.</exception>
    public void WaitEstablished(TimeSpan timeout, CancellationToken stop = default)
    {
        foreach (var flow in _flows)
            flow.WaitEstablished(timeout, stop);
    }

    /// <summary>Takes a flow down.</summary>
    public void Close(TrafficFlow flow)
    {
        flow.Dispose();
        _server.Forget(flow);
        _flows.Remove(flow);
    }

    /// <summary>Takes all flows down.</summary>
    public void CloseFlows()
    {
        foreach (var flow in _flows.ToArray())
            Close(flow);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        CloseFlows();
        _server.Dispose();
        _log?.Dispose();
        Network.Dispose();
    }
}
