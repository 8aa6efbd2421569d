using System.Net;
using System.Net.Sockets;
using VffNetlink;
using VffNetlink.Route;

namespace VffQos.Lab;

/// <summary>
/// A server with one WAN device and the rest of the world, each in a network namespace without a name, with a veth pair
/// between them. When the process ends, however it ends, the kernel removes all of it.
/// </summary>
/// <remarks>
/// The server's default routes lead to the world, which has the addresses of all clients. Segmentation offload stays on as on
/// a real network card: the kernel charges a qdisc for the headers of every segment (<c>qdisc_pkt_len_init</c>), so that the
/// classes' counters are those of the wire.
/// </remarks>
internal sealed class LabNetwork : IDisposable
{
    /// <summary>The server's device, as the server names it.</summary>
    public const string WanName = "wan0";

    private const string WorldName = "world0";
    private const uint NoDuplicateDetection = 2; // IFA_F_NODAD

    private readonly int _clients;

    /// <summary>Makes both namespaces and connects them.</summary>
    /// <param name="clients">How many client addresses of each family the world has.</param>
    /// <exception cref="NetlinkException">A privilege or a part of the kernel is missing.</exception>
    public LabNetwork(int clients = 16)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(clients, 200);
        _clients = clients;
        NetworkNamespace? server = null, world = null;
        try
        {
            Server = server = NetworkNamespace.Create();
            World = world = NetworkNamespace.Create();
            BringLoopbackUp(Server);
            BringLoopbackUp(World);
            Connect();
        }
        catch
        {
            world?.Dispose();
            server?.Dispose();
            throw;
        }
    }

    /// <summary>The address families that the kernel has: IPv4, and IPv6 unless it was booted without.</summary>
    public static IReadOnlyList<AddressFamily> Families { get; } = Socket.OSSupportsIPv6
        ? [AddressFamily.InterNetwork, AddressFamily.InterNetworkV6]
        : [AddressFamily.InterNetwork];

    /// <summary>Where the daemon lives, and the server's sockets.</summary>
    public NetworkNamespace Server { get; }

    /// <summary>Where the clients' sockets live.</summary>
    public NetworkNamespace World { get; }

    /// <summary>The server's address.</summary>
    public static IPAddress ServerAddress(AddressFamily family) =>
        IPAddress.Parse(family == AddressFamily.InterNetwork ? "192.0.2.1" : "2001:db8::1");

    /// <summary>A client's address.</summary>
    /// <param name="family">IPv4 or IPv6.</param>
    /// <param name="number">From 1 on.</param>
    public static IPAddress ClientAddress(AddressFamily family, int number) =>
        IPAddress.Parse(family == AddressFamily.InterNetwork ? $"203.0.113.{number}" : $"2001:db8:c::{number:x}");

    /// <summary>Makes the veth pair, its addresses and the default routes; also after <see cref="Disconnect"/>.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void Connect()
    {
        using var server = RouteClient.Open(new() { Namespace = Server });
        using var world = RouteClient.Open(new() { Namespace = World });
        var wan = server.AddLink(WanName, new VethLink(WorldName, World)).Index;
        var far = world.GetLink(WorldName).Index;
        foreach (var family in Families)
        {
            var isIPv4 = family == AddressFamily.InterNetwork;
            server.AddAddress(wan, ServerAddress(family), (byte)(isIPv4 ? 24 : 64), NoDuplicateDetection);
            world.AddAddress(far, GatewayAddress(family), (byte)(isIPv4 ? 24 : 64), NoDuplicateDetection);
            for (var number = 1; number <= _clients; number++)
                world.AddAddress(far, ClientAddress(family, number), (byte)(isIPv4 ? 32 : 128), NoDuplicateDetection);
        }

        server.ChangeLink(wan, new() { Up = true });
        world.ChangeLink(far, new() { Up = true });
        foreach (var family in Families)
            server.AddDefaultRoute(wan, GatewayAddress(family));
    }

    /// <summary>Deletes the WAN device, and with it the world's end, their addresses and routes.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void Disconnect()
    {
        using var server = RouteClient.Open(new() { Namespace = Server });
        server.DeleteLink(server.GetLink(WanName).Index);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        World.Dispose();
        Server.Dispose();
    }

    private static IPAddress GatewayAddress(AddressFamily family) =>
        IPAddress.Parse(family == AddressFamily.InterNetwork ? "192.0.2.254" : "2001:db8::fe");

    private static void BringLoopbackUp(NetworkNamespace ns)
    {
        using var client = RouteClient.Open(new() { Namespace = ns });
        client.ChangeLink(client.GetLink("lo").Index, new() { Up = true });
    }
}
