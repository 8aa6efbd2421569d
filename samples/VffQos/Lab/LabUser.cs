using System.Net;
using System.Net.Sockets;
using VffNetlink.Tc;

namespace VffQos.Lab;

/// <summary>A user with limits and the flows that press against both of them at once.</summary>
/// <param name="Name">As the log names the user.</param>
/// <param name="Transport">What the user's client speaks.</param>
/// <param name="Client">The client's address and first port.</param>
/// <param name="Upload">The limit of what the client sends.</param>
/// <param name="Download">The limit of what the client gets.</param>
internal sealed record LabUser(string Name, ProtocolType Transport, IPEndPoint Client, Rate Upload, Rate Download)
{
    /// <summary>
    /// TCP connections of a user. A single one that is full in both directions waits for its acknowledgements behind its own data, and
    /// falls short of the limit for seconds after a loss; several do not lose at once.
    /// </summary>
    private const int Connections = 6;

    // UDP offers what it is told, so more than it may, and enough more to fill the class's queue again soon after the sender had
    // to wait for a processor.
    private const double UdpExcess = 1.5;

    // TCP would offer all that the processor has until its line is read, and keep the reader of the line from it.
    private const double TcpExcess = 2;

    /// <summary>The flows, once they are opened.</summary>
    public IReadOnlyList<TrafficFlow> Flows { get; private set; } = [];

    /// <summary>The server's port.</summary>
    public ushort ServerPort { get; init; } = 443;

    /// <summary>What is offered for each byte of a limit; null: as much as keeps the limit busy.</summary>
    public double? Excess { get; init; }

    /// <summary>SO_PRIORITY of the client's sockets.</summary>
    public uint ClientPriority { get; init; }

    /// <summary>SO_PRIORITY of the server's sockets.</summary>
    public uint ServerPriority { get; init; }

    /// <summary>Opens the flows: several TCP connections on consecutive ports, or one UDP flow.</summary>
    public void Open(TrafficLab lab)
    {
        var options = new FlowOptions
        {
            User = Name,
            Transport = Transport,
            Client = Client,
            ServerPort = ServerPort,
            ClientPriority = ClientPriority,
            ServerPriority = ServerPriority,
        };
        var (connections, excess) = Transport == ProtocolType.Tcp ? (Connections, TcpExcess) : (1, UdpExcess);
        Flows = [.. Enumerable.Range(0, connections).Select(i => lab.Open(options with
        {
            Client = new(Client.Address, Client.Port + i),
            Upload = Part(Upload, (Excess ?? excess) / connections),
            Download = Part(Download, (Excess ?? excess) / connections),
        }))];
    }

    private static Rate Part(Rate limit, double part) => new((ulong)(limit.BytesPerSecond * part));
}
