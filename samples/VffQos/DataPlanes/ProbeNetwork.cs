using System.Net;
using System.Net.Sockets;
using VffNetlink;
using VffNetlink.Route;

namespace VffQos.DataPlanes;

/// <summary>A node and a client, each in a network namespace without a name, on two ends of a veth pair.</summary>
internal sealed class ProbeNetwork : IDisposable
{
    /// <summary>The node's device.</summary>
    public const string Wan = "probe-wan";

    private const string Far = "probe-far";
    private const uint NoDuplicateDetection = 2; // IFA_F_NODAD

    private readonly List<AddressFamily> _families = [];

    /// <summary>Makes both.</summary>
    /// <exception cref="NetlinkException">The privilege to make namespaces is missing (EPERM), or the kernel refused something.</exception>
    public ProbeNetwork()
    {
        NetworkNamespace? node = null;
        try
        {
            Node = node = NetworkNamespace.Create();
            Client = NetworkNamespace.Create();
        }
        catch
        {
            node?.Dispose();
            throw;
        }

        try
        {
            Connect();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Where the data plane is built.</summary>
    public NetworkNamespace Node { get; }

    /// <summary>Where packets come from.</summary>
    public NetworkNamespace Client { get; }

    /// <summary>IPv4, and IPv6 unless this kernel runs without.</summary>
    public IReadOnlyList<AddressFamily> Families => _families;

    /// <summary>The node's address.</summary>
    public static IPAddress NodeAddress(AddressFamily family) => IPAddress.Parse(family == AddressFamily.InterNetwork ? "192.0.2.1" : "2001:db8::1");

    /// <summary>The client's address.</summary>
    public static IPAddress ClientAddress(AddressFamily family) => IPAddress.Parse(family == AddressFamily.InterNetwork ? "192.0.2.2" : "2001:db8::2");

    /// <inheritdoc/>
    public void Dispose()
    {
        Client.Dispose();
        Node.Dispose();
    }

    private void Connect()
    {
        using var node = RouteClient.Open(new NetlinkSocketOptions { Namespace = Node });
        using var client = RouteClient.Open(new NetlinkSocketOptions { Namespace = Client });
        var wan = node.AddLink(Wan, new VethLink(Far, Client)).Index;
        var far = client.GetLink(Far).Index;
        foreach (var family in (ReadOnlySpan<AddressFamily>)[AddressFamily.InterNetwork, AddressFamily.InterNetworkV6])
        {
            var bits = (byte)(family == AddressFamily.InterNetwork ? 24 : 64);
            if (node.TryAddAddress(wan, NodeAddress(family), bits, NoDuplicateDetection, out var error) && client.TryAddAddress(far, ClientAddress(family), bits, NoDuplicateDetection, out error))
                _families.Add(family);
            else if (family == AddressFamily.InterNetwork)
                throw new NetlinkException(error, $"RTM_NEWADDR {NodeAddress(family)}");
        }

        node.ChangeLink(wan, new LinkChange { Up = true });
        client.ChangeLink(far, new LinkChange { Up = true });
    }
}
