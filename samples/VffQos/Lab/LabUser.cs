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
    private const double Excess = 1.5;

    /// <summary>The flows, once they are opened.</summary>
    public IReadOnlyList<TrafficFlow> Flows { get; private set; } = [];

    /// <summary>The server's port.</summary>
    public ushort ServerPort { get; init; } = 443;

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
        Flows = Transport == ProtocolType.Udp
            ? [lab.Open(options with { Upload = Offer(Upload), Download = Offer(Download) })]
            : [.. Enumerable.Range(0, Connections).Select(i => lab.Open(options with
            {
                Client = new(Client.Address, Client.Port + i),
                Upload = FlowOptions.Unpaced,
                Download = FlowOptions.Unpaced,
            }))];
    }

    private static Rate Offer(Rate limit) => new((ulong)(limit.BytesPerSecond * Excess));
}
