using System.Net;
using System.Net.Sockets;
using VffNetlink;
using VffNetlink.Conntrack;
using VffQos.Lab;
using VffQos.Marks;
using VffQos.Shaping;

namespace VffQos.Tests.Shaping;

/// <summary>A client's and the server's end of one UDP flow.</summary>
internal sealed class DatagramPair : IDisposable
{
    private static readonly MarkSpace Marks = new(MarkSpace.DefaultMask);

    /// <summary>Milliseconds that a datagram may take; an emulated machine may be busy with something else for a second.</summary>
    private static readonly int Patience = Environment.GetEnvironmentVariable("VFFNETLINK_VM") is null ? 1000 : 5000;

    private readonly ShapingLab _lab;
    private readonly Socket _server;
    private readonly Socket _client;

    public DatagramPair(ShapingLab lab, AddressFamily family = AddressFamily.InterNetwork, int client = 1, int port = 443)
    {
        _lab = lab;
        _server = lab.Network.Server.Run(() => Bind(new IPEndPoint(LabNetwork.ServerAddress(family), port)));
        _client = lab.Network.World.Run(() => Bind(new IPEndPoint(LabNetwork.ClientAddress(family, client), 0)));
        _client.Connect(_server.LocalEndPoint!);
        _server.Connect(_client.LocalEndPoint!);
    }

    /// <summary>From the client to the server.</summary>
    public ConntrackTuple Tuple => new(IpProtocol.Udp, (IPEndPoint)_client.LocalEndPoint!, (IPEndPoint)_server.LocalEndPoint!);

    /// <summary>Sends a datagram to the server; whether it came.</summary>
    public bool Up(int? milliseconds = null) => Pass(_client, _server, milliseconds ?? Patience);

    /// <summary>Sends a datagram to the client; whether it came.</summary>
    public bool Down(int? milliseconds = null) => Pass(_server, _client, milliseconds ?? Patience);

    /// <summary>A socket option on the server's end, such as a priority.</summary>
    public void SetServerOption(int level, int name, int value) => _server.SetRawSocketOption(level, name, BitConverter.GetBytes(value));

    /// <summary>Lets the kernel know whose flow this is, as the flow engine does. There must have been a packet.</summary>
    public void BelongTo(Shaper shaper, ushort user)
    {
        using var connections = ConntrackClient.Open(new NetlinkSocketOptions { Namespace = _lab.Network.Server });
        var connection = connections.Get(Tuple);
        connections.SetMark(Tuple, new MaskedMark(Marks.ToMark(user), Marks.Mask));
        shaper.Flows.Put(Tuple, user, connection.Id!.Value);
        Assert.Equal(0, shaper.Flows.Commit());
    }

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
    }

    private static Socket Bind(IPEndPoint local)
    {
        var socket = new Socket(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        FlowEnd.ShareAddress(socket);
        socket.Bind(local);
        return socket;
    }

    private static bool Pass(Socket from, Socket to, int milliseconds)
    {
        to.ReceiveTimeout = milliseconds;
        from.Send(new byte[100]);
        try
        {
            return to.Receive(new byte[200]) == 100;
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
        {
            return false;
        }
    }
}
