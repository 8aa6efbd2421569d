using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using VffNetlink.Route;
using VffNetlink.Testing;

namespace VffNetlink.Nftables.Tests;

/// <summary>Two hosts on one wire: a node with <c>eth0</c>, whose nf_tables are tried, and a client, each in a namespace of its own.</summary>
internal sealed partial class Wire : IDisposable
{
    public const string Node4 = "192.0.2.1";
    public const string Client4 = "192.0.2.2";
    public const string Node6 = "2001:db8::1";
    public const string Client6 = "2001:db8::2";

    private const int Patience = 5000;
    private const uint NoDad = 2;

    private readonly Scratch _client = new();

    public Wire()
    {
        Requires.Tool("tc");
        var eth0 = Node.Route.AddLink("eth0", new VethLink("eth0", _client.Namespace), new LinkChange { Up = true });
        var peer = _client.Route.GetLink("eth0");
        _client.Route.ChangeLink(peer.Index, new LinkChange { Up = true });
        foreach (var (host, link, address4, address6) in new[] { (Node, eth0, Node4, Node6), (_client, peer, Client4, Client6) })
        {
            host.Route.AddAddress(link.Index, IPAddress.Parse(address4), 24);
            host.Route.AddAddress(link.Index, IPAddress.Parse(address6), 64, NoDad);
        }
    }

    /// <summary>The host that is tried.</summary>
    public Scratch Node { get; } = new();

    /// <summary>Sets HTB with these classes on a device of the node; what is of no class goes to the first one.</summary>
    public void AddHtb(string device, string major, params string[] minors)
    {
        Witness.Run(Node.Namespace, "tc", $"qdisc add dev {device} root handle {major}: htb default {minors[0]}");
        foreach (var minor in minors)
            Witness.Run(Node.Namespace, "tc", $"class add dev {device} parent {major}: classid {major}:{minor} htb rate 1gbit quantum 60000");
    }

    /// <summary>Packets that each class of a device of the node has sent.</summary>
    public Dictionary<string, long> PacketsByClass(string device)
    {
        var text = Witness.Run(Node.Namespace, "tc", $"-s class show dev {device}");
        return ClassStatistics().Matches(text).ToDictionary(static m => m.Groups[1].Value, static m => long.Parse(m.Groups[2].ValueSpan, CultureInfo.InvariantCulture));
    }

    /// <summary>A UDP socket of the node.</summary>
    public Socket OpenAtNode(string address, ushort port) => Open(Node.Namespace, address, port);

    /// <summary>A UDP socket of the client.</summary>
    public Socket OpenAtClient(string address, ushort port) => Open(_client.Namespace, address, port);

    /// <summary>Sends datagrams one by one, each once the last one has arrived.</summary>
    public static void Exchange(Socket from, Socket to, int count)
    {
        var buffer = new byte[100];
        for (var i = 0; i < count; i++)
        {
            from.SendTo(buffer, to.LocalEndPoint!);
            Assert.Equal(buffer.Length, to.Receive(buffer));
        }
    }

    /// <summary>A TCP connection from the client to the node, over which the client sends so many bytes.</summary>
    public void SendStream(string node, ushort port, string client, ushort clientPort, int bytes)
    {
        using var listener = Node.Namespace.Run(() => new Socket(IPAddress.Parse(node).AddressFamily, SocketType.Stream, ProtocolType.Tcp));
        listener.Bind(new IPEndPoint(IPAddress.Parse(node), port));
        listener.Listen();
        using var socket = _client.Namespace.Run(() => new Socket(IPAddress.Parse(client).AddressFamily, SocketType.Stream, ProtocolType.Tcp));
        socket.Bind(new IPEndPoint(IPAddress.Parse(client), clientPort));
        var connecting = socket.ConnectAsync(listener.LocalEndPoint!);
        Assert.True(listener.Poll(Patience * 1000, SelectMode.SelectRead), "nobody connected");
        using var accepted = listener.Accept();
        Assert.True(connecting.Wait(Patience), "the connection was not accepted");
        accepted.ReceiveTimeout = Patience;
        var buffer = new byte[bytes];
        socket.Send(buffer);
        for (var received = 0; received < bytes;)
            received += accepted.Receive(buffer);
    }

    public void Dispose()
    {
        Node.Dispose();
        _client.Dispose();
    }

    private static Socket Open(NetworkNamespace ns, string address, ushort port)
    {
        var at = IPAddress.Parse(address);
        var socket = ns.Run(() => new Socket(at.AddressFamily, SocketType.Dgram, ProtocolType.Udp));
        socket.ReceiveTimeout = Patience;
        socket.Bind(new IPEndPoint(at, port));
        return socket;
    }

    [GeneratedRegex(@"^class htb (\S+) .*\n Sent \d+ bytes (\d+) pkt", RegexOptions.Multiline)]
    private static partial Regex ClassStatistics();
}
