using System.Net.Sockets;
using VffNetlink.Tc;

namespace VffQos.Lab;

/// <summary>
/// One end of a flow: a blocking socket, a thread that reads from it and, where the end offers something, one that writes.
/// </summary>
internal abstract class FlowEnd : IDisposable
{
    /// <summary>Bytes of an Ethernet header.</summary>
    protected const int EthernetHeader = 14;

    /// <summary>The socket level of options (<c>SOL_SOCKET</c>).</summary>
    protected const int SolSocket = 1;

    private const int SoReuseAddr = 2;
    private const int SoPriority = 12;

    private readonly TrafficFlow _flow;
    private readonly FlowSide _side;
    private Thread? _reader;
    private Thread? _writer;

    /// <summary>An end on a connected socket, which it owns from now on.</summary>
    /// <param name="flow">Whose end.</param>
    /// <param name="socket">Connected, and blocking.</param>
    /// <param name="side">Which end: the client sends what is uploaded, the server what is downloaded.</param>
    protected FlowEnd(TrafficFlow flow, Socket socket, FlowSide side)
    {
        _flow = flow;
        _side = side;
        Offered = side == FlowSide.Client ? flow.Options.Upload : flow.Options.Download;
        Socket = socket;
        NetworkHeader = socket.AddressFamily == AddressFamily.InterNetwork ? 20 : 40;
        var priority = side == FlowSide.Client ? flow.Options.ClientPriority : flow.Options.ServerPriority;
        if (priority != 0)
            socket.SetRawSocketOption(SolSocket, SoPriority, BitConverter.GetBytes(priority));
    }

    /// <summary>When the bytes counted by <see cref="ReceivedWireBytes"/> came.</summary>
    public RateTimeline Arrivals { get; } = new();

    /// <summary>Bytes received so far: payload and the headers of Ethernet, IP and TCP or UDP.</summary>
    public abstract long ReceivedWireBytes { get; }

    /// <summary>The socket.</summary>
    protected Socket Socket { get; }

    /// <summary>Bytes of an IP header of the socket's family.</summary>
    protected int NetworkHeader { get; }

    /// <summary>What the end offers, headers included; null: nothing.</summary>
    protected Rate? Offered { get; }

    /// <summary>Whether the flow is being taken down, so that errors of the socket mean nothing any more.</summary>
    protected bool IsStopping => _flow.IsStopping;

    /// <summary>Lets several sockets of one thread's namespace share an address and port, as long as their peers differ.</summary>
    public static void ShareAddress(Socket socket) => socket.SetRawSocketOption(SolSocket, SoReuseAddr, BitConverter.GetBytes(1));

    /// <summary>Starts the threads.</summary>
    public void Start()
    {
        _reader = StartThread("reader", () =>
        {
            while (!IsStopping && Receive())
            {
            }
        });
        if (Offered is { } rate)
            _writer = StartThread("writer", () => SendAt(rate));
    }

    /// <summary>Ends the threads and closes the socket; <see cref="IsStopping"/> must be true.</summary>
    public void Dispose()
    {
        try
        {
            // Wakes whoever waits for the socket; closing it would not.
            Socket.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
            // Not connected any more: nobody waits for it.
        }

        _writer?.Join();
        _reader?.Join();
        Socket.Dispose();
    }

    /// <summary>Waits for data and counts it.</summary>
    /// <returns>Whether there may be more.</returns>
    protected abstract bool Receive();

    /// <summary>Sends at a rate, as long as <see cref="MaySend"/> allows it.</summary>
    protected abstract void SendAt(Rate rate);

    /// <summary>Waits while the end is paused.</summary>
    /// <returns>False once the flow is stopping.</returns>
    protected bool MaySend() => _flow.WaitWhilePaused(_side);

    private Thread StartThread(string name, Action action)
    {
        var thread = new Thread(() => _flow.Guard(action)) { IsBackground = true, Name = $"{_flow.Options.Client} {name}" };
        thread.Start();
        return thread;
    }
}
