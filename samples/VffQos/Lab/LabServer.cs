using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace VffQos.Lab;

/// <summary>
/// The proxy's stand-in: accepts connections and first datagrams, writes the access log's line at that moment as Xray does, and
/// hands the flow its server end.
/// </summary>
internal sealed class LabServer : IDisposable
{
    private readonly ConcurrentDictionary<(ProtocolType Transport, IPEndPoint Client, ushort ServerPort), TrafficFlow> _flows = new();
    private readonly List<(Socket Socket, Thread Thread)> _listeners = [];
    private readonly LabNetwork _network;
    private readonly XrayLogWriter? _log;
    private volatile bool _isStopping;

    /// <summary>A server that does not listen yet.</summary>
    /// <param name="network">Where.</param>
    /// <param name="log">The access log; null: none is written.</param>
    public LabServer(LabNetwork network, XrayLogWriter? log)
    {
        _network = network;
        _log = log;
    }

    /// <summary>What went wrong in a listener first; null while all is well.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Listens on a port: TCP and UDP, all families that the kernel has.</summary>
    public void Listen(ushort port)
    {
        foreach (var family in LabNetwork.Families)
        {
            var local = new IPEndPoint(LabNetwork.ServerAddress(family), port);
            Start(Bind(local, SocketType.Stream, ProtocolType.Tcp), listener => Accept(listener, port));
            Start(Bind(local, SocketType.Dgram, ProtocolType.Udp), listener => AcceptDatagrams(listener, port));
        }
    }

    /// <summary>Tells the server of a flow that is about to come.</summary>
    public void Expect(TrafficFlow flow)
    {
        if (!_flows.TryAdd((flow.Options.Transport, flow.Options.Client, flow.Options.ServerPort), flow))
            throw new InvalidOperationException($"There is a flow {flow} already.");
    }

    /// <summary>Forgets a flow that is gone.</summary>
    public void Forget(TrafficFlow flow) => _flows.TryRemove((flow.Options.Transport, flow.Options.Client, flow.Options.ServerPort), out _);

    /// <inheritdoc/>
    public void Dispose()
    {
        _isStopping = true;
        foreach (var (socket, thread) in _listeners)
        {
            try
            {
                // Wakes the thread that waits for it; closing it would not.
                socket.Shutdown(SocketShutdown.Both);
            }
            catch (SocketException)
            {
                // A socket without a peer says that it is not connected, and is awake all the same.
            }

            thread.Join();
            socket.Dispose();
        }
    }

    private Socket Bind(IPEndPoint local, SocketType type, ProtocolType transport) => _network.Server.Run(() =>
    {
        var socket = new Socket(local.AddressFamily, type, transport);
        FlowEnd.ShareAddress(socket);
        socket.Bind(local);
        if (type == SocketType.Stream)
            socket.Listen();
        return socket;
    });

    private void Start(Socket socket, Action<Socket> serve) => _listeners.Add((socket, _network.Server.Start($"listener {socket.LocalEndPoint}", () =>
    {
        try
        {
            serve(socket);
        }
        catch (Exception exception)
        {
            if (!_isStopping)
                Failure ??= exception;
        }
    })));

    private void Accept(Socket listener, ushort port)
    {
        while (!_isStopping)
        {
            var socket = listener.Accept();
            if (_flows.TryGetValue((ProtocolType.Tcp, (IPEndPoint)socket.RemoteEndPoint!, port), out var flow))
            {
                Log(flow);
                flow.Accept(new TcpFlowEnd(flow, socket, FlowSide.Server));
            }
            else
            {
                socket.Dispose();
            }
        }
    }

    private void AcceptDatagrams(Socket listener, ushort port)
    {
        var buffer = new byte[64 * 1024];
        EndPoint any = new IPEndPoint(listener.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        while (!_isStopping)
        {
            var sender = any;
            listener.ReceiveFrom(buffer, ref sender);
            if (!_isStopping && _flows.TryGetValue((ProtocolType.Udp, (IPEndPoint)sender, port), out var flow))
                AcceptDatagram(flow);
        }
    }

    private void AcceptDatagram(TrafficFlow flow)
    {
        if (flow.ServerEnd is UdpFlowEnd known)
        {
            // It came before the socket below was connected, or its answer was lost.
            known.SendHello();
            return;
        }

        // A socket of the flow's own, connected, gets the flow's datagrams before the listener does.
        var socket = new Socket(flow.Options.Client.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        FlowEnd.ShareAddress(socket);
        socket.Bind(flow.Options.Server);
        socket.Connect(flow.Options.Client);
        Log(flow);
        var end = new UdpFlowEnd(flow, socket, FlowSide.Server);
        end.SendHello();
        flow.Accept(end);
    }

    private void Log(TrafficFlow flow)
    {
        if (flow.Options.User is not { } user)
            return;
        var transport = flow.Options.Transport;
        var isLogged = flow.Options.LogsTransport ?? transport == ProtocolType.Udp;
        _log?.Accepted(flow.Options.Client, isLogged ? transport : null, transport == ProtocolType.Tcp ? "tcp:example.org:443" : "udp:example.org:443", user);
    }
}
