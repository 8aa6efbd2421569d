using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using VffNetlink;
using VffNetlink.Conntrack;
using VffNetlink.Tc;
using VffQos.Marks;
using VffQos.Shaping;

namespace VffQos.DataPlanes;

/// <summary>
/// Finds out which data plane works, by trying: builds it in a network namespace of its own with the code that builds the real one, sends
/// packets of a known and of an unknown flow through it, both ways, IPv4 and IPv6, and looks which class counted them.
/// </summary>
/// <param name="log">Where it tells what did not work.</param>
internal sealed partial class DataPlaneProbe(ILogger log)
{
    private const ushort Port = 443;
    private const uint SmallMap = 64;
    private const int PatienceMilliseconds = 1000;
    private const ushort Index = 2;

    private static readonly MarkSpace Marks = new(MarkSpace.DefaultMask);

    /// <summary>Chooses.</summary>
    /// <param name="wanted">The one that it must be; null: maps, or marks where maps do not work.</param>
    /// <exception cref="ShapingException">The one that it must be does not work, or none does.</exception>
    public ChosenDataPlane Choose(DataPlaneKind? wanted)
    {
        try
        {
            return wanted is { } kind ? Demand(kind) : ChooseFreely();
        }
        catch (NetlinkException exception) when (exception.Error.Number == Errno.EPERM)
        {
            // Whoever may configure the network but not make a namespace gets what works on every kernel since 6.1.
            return new ChosenDataPlane(wanted ?? DataPlaneKind.Maps, "It could not be tried out first: making a network namespace for that needs CAP_SYS_ADMIN.");
        }
    }

    /// <summary>Tries one.</summary>
    /// <returns>Why it does not work; null where it does.</returns>
    /// <exception cref="NetlinkException">There can be no namespace to try it in.</exception>
    public string? Try(DataPlaneKind kind)
    {
        using var network = new ProbeNetwork();
        var reason = network.Node.Run(() => TryInside(network, kind));
        if (reason is not null)
            LogFailed(kind, reason);
        return reason;
    }

    private ChosenDataPlane Demand(DataPlaneKind kind) => Try(kind) is { } reason
        ? throw new ShapingException($"The data plane \"{NameOf(kind)}\" does not work here: {reason}")
        : new ChosenDataPlane(kind, "The configuration asks for it, and in its probe every packet was counted in its own class.");

    private ChosenDataPlane ChooseFreely()
    {
        if (Try(DataPlaneKind.Maps) is not { } maps)
            return new ChosenDataPlane(DataPlaneKind.Maps, "In its probe every packet was counted in its own class.");
        if (Try(DataPlaneKind.Marks) is not { } marks)
            return new ChosenDataPlane(DataPlaneKind.Marks, $"In its probe every packet was counted in its own class; maps do not work here: {maps}");
        throw new ShapingException($"No data plane works here. maps: {maps} marks: {marks}");
    }

    private static string NameOf(DataPlaneKind kind) => kind == DataPlaneKind.Maps ? "maps" : "marks";

    private static string? TryInside(ProbeNetwork network, DataPlaneKind kind)
    {
        var policy = new ShapingPolicy
        {
            Wan = ProbeNetwork.Wan,
            Ifb = "probe-ifb",
            Ceil = Rate.Parse("1gbit"),
            DefaultDownload = Rate.Parse("1gbit"),
            MarkMask = Marks.Mask,
        };
        var user = new UserShape(Index, Marks.ToMark(Index), Rate.Parse("4mbit"), Rate.Parse("100mbit")); // a leaf of each kind
        using var shaper = Shaper.OpenUnprobed(policy, new TransientFacts(), NullLogger.Instance, new ChosenDataPlane(kind, "It is being tried out."), SmallMap);
        using var connections = ConntrackClient.Open();
        try
        {
            shaper.Converge([user]);
            foreach (var family in network.Families)
            {
                if (Exchange(network, family, shaper, connections, user) is { } silence)
                    return silence;
            }
        }
        catch (Exception exception) when (exception is NetlinkException or ShapingException)
        {
            var missing = kind == DataPlaneKind.Marks ? KernelParts.MissingForMarks(ProbeNetwork.Wan) : [];
            return missing.Count == 0
                ? $"the kernel refused a part of it ({exception.Message})."
                : $"this kernel lacks {string.Join(", ", missing)}.";
        }

        var snapshot = shaper.Read();
        var expected = (ulong)network.Families.Count;
        return Judge("download", snapshot.Download, expected) ?? Judge("upload", snapshot.Upload, expected);
    }

    private static string? Judge(string direction, IReadOnlyDictionary<ushort, ClassCounters>? classes, ulong expected)
    {
        var counted = classes is not null && classes.TryGetValue(Index, out var user) ? user.Packets : 0;
        return counted == expected ? null : $"of {expected} packets of a known user's {direction} its class counted {counted}.";
    }

    /// <summary>One datagram each way before the flow is known, and one each way after; returns which one did not arrive.</summary>
    private static string? Exchange(ProbeNetwork network, AddressFamily family, Shaper shaper, ConntrackClient connections, in UserShape user)
    {
        using var node = Bind(new IPEndPoint(ProbeNetwork.NodeAddress(family), Port));
        using var client = network.Client.Run(() => Bind(new IPEndPoint(ProbeNetwork.ClientAddress(family), 0)));
        client.Connect(node.LocalEndPoint!);
        node.Connect(client.LocalEndPoint!);
        if (!IsPassed(client, node))
            return "a packet of an unknown flow did not arrive at the node.";
        if (!IsPassed(node, client))
            return "a packet of an unknown flow did not arrive at the client.";
        var tuple = new ConntrackTuple(IpProtocol.Udp, (IPEndPoint)client.LocalEndPoint!, (IPEndPoint)node.LocalEndPoint!);
        if (!connections.TryGet(tuple, out var connection, out _))
            return "connection tracking has no entry of a flow that it saw.";
        connections.SetMark(tuple, new MaskedMark(user.Mark, Marks.Mask));
        shaper.Flows.Put(tuple, user.Index, connection.Id ?? 0);
        shaper.Flows.Commit();
        if (!IsPassed(client, node))
            return "a packet of a known flow did not arrive at the node.";
        return IsPassed(node, client) ? null : "a packet of a known flow did not arrive at the client.";
    }

    private static Socket Bind(IPEndPoint local)
    {
        var socket = new Socket(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = PatienceMilliseconds };
        socket.Bind(local);
        return socket;
    }

    private static bool IsPassed(Socket from, Socket to)
    {
        try
        {
            from.Send("vffqos"u8);
            Span<byte> buffer = stackalloc byte[16];
            return to.Receive(buffer) == 6;
        }
        catch (SocketException)
        {
            return false; // time-out, or the packet has no way
        }
    }

    [LoggerMessage(40, LogLevel.Debug, "The data plane {Kind} does not work here: {Reason}")]
    private partial void LogFailed(DataPlaneKind kind, string reason);
}
