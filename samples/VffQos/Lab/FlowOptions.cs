using System.Net;
using System.Net.Sockets;
using VffNetlink.Tc;

namespace VffQos.Lab;

/// <summary>One flow between a client and the server: whose it is, where it runs and how much it offers.</summary>
internal sealed record FlowOptions
{
    /// <summary>An offered rate that TCP alone holds back.</summary>
    public static readonly Rate Unpaced = new(ulong.MaxValue);

    /// <summary>The user that the server logs for it; null: nothing is logged, it is traffic of no known user.</summary>
    public string? User { get; init; }

    /// <summary><see cref="ProtocolType.Tcp"/> or <see cref="ProtocolType.Udp"/>.</summary>
    public required ProtocolType Transport { get; init; }

    /// <summary>The client's address and port. Two flows may share both when the transport or the server's port differs.</summary>
    public required IPEndPoint Client { get; init; }

    /// <summary>The server's port.</summary>
    public ushort ServerPort { get; init; } = 443;

    /// <summary>What the client offers, headers included; null: nothing.</summary>
    public Rate? Upload { get; init; }

    /// <summary>What the server offers, headers included; null: nothing.</summary>
    public Rate? Download { get; init; }

    /// <summary>The payload of a UDP datagram in bytes.</summary>
    public int DatagramSize { get; init; } = 1400;

    /// <summary>SO_PRIORITY of the client's socket; above 6 it takes CAP_NET_ADMIN, and HTB takes a class's handle for that class.</summary>
    public uint ClientPriority { get; init; }

    /// <summary>SO_PRIORITY of the server's socket.</summary>
    public uint ServerPriority { get; init; }

    /// <summary>Whether the log line has <c>tcp:</c> or <c>udp:</c> before the client's address; null: as Xray's inbounds do, with UDP only.</summary>
    public bool? LogsTransport { get; init; }

    /// <summary>The server's end.</summary>
    public IPEndPoint Server => new(LabNetwork.ServerAddress(Client.AddressFamily), ServerPort);
}
