using System.Net.Sockets;

namespace VffQos.Lab;

/// <summary>A flow in the laboratory: both its ends, and a client that opens it as soon as it is made.</summary>
internal sealed class TrafficFlow : IDisposable
{
    private readonly ManualResetEventSlim _clientMaySend = new(initialState: true);
    private readonly ManualResetEventSlim _serverMaySend = new(initialState: true);
    private readonly ManualResetEventSlim _isEstablished = new();
    private readonly LabNetwork _network;
    private readonly Lock _lock = new();
    private Thread? _opener;
    private Socket? _opening;
    private FlowEnd? _client;
    private FlowEnd? _server;
    private Exception? _failure;
    private volatile bool _isStopping;

    /// <summary>A flow that <see cref="Open"/> starts.</summary>
    public TrafficFlow(FlowOptions options, LabNetwork network)
    {
        if (options.Transport is not (ProtocolType.Tcp or ProtocolType.Udp))
            throw new ArgumentException($"A flow runs over TCP or UDP, not {options.Transport}.", nameof(options));
        Options = options;
        _network = network;
    }

    /// <summary>What it is.</summary>
    public FlowOptions Options { get; }

    /// <summary>Whether it is being taken down.</summary>
    public bool IsStopping => _isStopping;

    /// <summary>Bytes that arrived so far: payload and the headers of Ethernet, IP and TCP or UDP.</summary>
    /// <exception cref="InvalidOperationException">The flow failed.</exception>
    public long WireBytes(TrafficDirection direction)
    {
        ThrowIfFailed();
        return End(direction)?.ReceivedWireBytes ?? 0;
    }

    /// <summary>When they arrived; null before the flow is established.</summary>
    public RateTimeline? Arrivals(TrafficDirection direction) => End(direction)?.Arrivals;

    /// <summary>Datagrams lost so far; 0 for TCP.</summary>
    public long LostDatagrams(TrafficDirection direction) => (End(direction) as UdpFlowEnd)?.Lost ?? 0;

    /// <summary>Falls silent, both ways, until <see cref="Resume"/>. What TCP has taken already still goes out.</summary>
    public void Pause()
    {
        _clientMaySend.Reset();
        _serverMaySend.Reset();
    }

    /// <summary>Goes on after <see cref="Pause"/>.</summary>
    public void Resume()
    {
        Resume(FlowSide.Client);
        Resume(FlowSide.Server);
    }

    /// <summary>Lets one end go on after <see cref="Pause"/>.</summary>
    public void Resume(FlowSide side) => MaySend(side).Set();

    /// <summary>Starts the client; the server must listen already.</summary>
    public void Open() => _opener = _network.World.Start($"{Options.Client} opener", () => Guard(OpenClient));

    /// <summary>Waits until both ends know each other.</summary>
    /// <exception cref="InvalidOperationException">The flow failed.</exception>
    /// <exception cref="TimeoutException">The time is up.</exception>
    public void WaitEstablished(TimeSpan timeout, CancellationToken stop)
    {
        if (!_isEstablished.Wait(timeout, stop))
            throw new TimeoutException($"The flow {this} was not established within {timeout.TotalSeconds:0} s.");
        ThrowIfFailed();
    }

    /// <summary>Takes in the server's end, made by the server when it saw the client.</summary>
    public void Accept(FlowEnd end)
    {
        lock (_lock)
        {
            if (!_isStopping)
            {
                _server = end;
                end.Start();
                SetIfEstablished();
                return;
            }
        }

        end.Dispose();
    }

    /// <summary>The server's end; null until the server has seen the client.</summary>
    public FlowEnd? ServerEnd
    {
        get
        {
            lock (_lock)
                return _server;
        }
    }

    /// <summary>Waits while an end is paused.</summary>
    /// <returns>False once the flow is stopping.</returns>
    public bool WaitWhilePaused(FlowSide side)
    {
        MaySend(side).Wait();
        return !_isStopping;
    }

    /// <summary>Runs the work of one of the flow's threads; what it throws fails the flow, not the process.</summary>
    public void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (Exception exception)
        {
            if (_isStopping && exception is SocketException or ObjectDisposedException)
                return;
            Interlocked.CompareExchange(ref _failure, exception, null);
            _isEstablished.Set();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
            _isStopping = true;
        Resume();
        _opening?.Dispose();
        _opener?.Join();
        _client?.Dispose();
        _server?.Dispose();
        _isEstablished.Dispose();
        _clientMaySend.Dispose();
        _serverMaySend.Dispose();
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Options.Transport} {Options.Client} - {Options.Server}";

    private ManualResetEventSlim MaySend(FlowSide side) => side == FlowSide.Client ? _clientMaySend : _serverMaySend;

    private FlowEnd? End(TrafficDirection direction)
    {
        lock (_lock)
            return direction == TrafficDirection.Upload ? _server : _client;
    }

    private void OpenClient()
    {
        var type = Options.Transport == ProtocolType.Tcp ? SocketType.Stream : SocketType.Dgram;
        var socket = new Socket(Options.Client.AddressFamily, type, Options.Transport);
        lock (_lock)
        {
            if (_isStopping)
            {
                socket.Dispose();
                return;
            }

            _opening = socket;
        }

        FlowEnd.ShareAddress(socket);
        socket.Bind(Options.Client);
        socket.Connect(Options.Server);
        FlowEnd end = Options.Transport == ProtocolType.Tcp
            ? new TcpFlowEnd(this, socket, FlowSide.Client)
            : new UdpFlowEnd(this, socket, FlowSide.Client);
        if (end is UdpFlowEnd udp && !udp.Knock())
            return;
        lock (_lock)
        {
            if (_isStopping)
                return;
            _opening = null;
            _client = end;
            end.Start();
            SetIfEstablished();
        }
    }

    private void SetIfEstablished()
    {
        if (_client is not null && _server is not null)
            _isEstablished.Set();
    }

    private void ThrowIfFailed()
    {
        if (Volatile.Read(ref _failure) is { } failure)
            throw new InvalidOperationException($"The flow {this} failed: {failure.Message}", failure);
    }
}
