using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;
using VffNetlink.Conntrack;

namespace VffNetlink.Benchmarks.Macro;

/// <summary>Flow i: TCP from 10.64.0.0 + i/50000 port 1024 + i%50000 to the node's port 443.</summary>
internal static class Flows
{
    private const int PortsPerAddress = 50_000;

    private static readonly InetAddress Node = new(IPAddress.Parse("192.0.2.1"));

    public static ConntrackTuple TupleOf(int i)
    {
        Span<byte> source = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(source, 0x0a400001u + (uint)(i / PortsPerAddress));
        return new ConntrackTuple(IpProtocol.Tcp, new InetAddress(source), (ushort)(1024 + (i % PortsPerAddress)), Node, 443);
    }

    /// <summary>From a key of the flow table back to the number.</summary>
    public static int NumberOf(ReadOnlySpan<byte> key) =>
        ((int)(BinaryPrimitives.ReadUInt32BigEndian(key) - 0x0a400001u) * PortsPerAddress) + BinaryPrimitives.ReadUInt16BigEndian(key[12..]) - 1024;

    /// <summary>Makes the conntrack entries, without a packet.</summary>
    public static void Create(ConntrackClient client, int first, int count)
    {
        var batch = new NetlinkBatch(1 << 20);
        for (var i = first; i < first + count; i++)
        {
            var tuple = TupleOf(i);
            batch.CreateFlow(new Flow { Original = tuple, Reply = tuple.Inverted(), Timeout = TimeSpan.FromHours(1), Status = FlowStatus.Confirmed | FlowStatus.Assured | FlowStatus.SeenReply });
            if (batch.Count == 1000 || i == first + count - 1)
            {
                if (client.Send(batch) is { IsSuccess: false } result)
                    throw new InvalidOperationException($"Flows were refused: {result}.");
                batch.Clear();
            }
        }
    }

    /// <summary>Appends the line that Xray would write for a flow.</summary>
    public static int WriteLine(Span<byte> destination, int flow, int user)
    {
        var address = 0x0a400001u + (uint)(flow / PortsPerAddress);
        return Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"2026/11/21 10:00:00.123456 from {address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}:{1024 + (flow % PortsPerAddress)} accepted tcp:example.org:443 [vless-in -> direct] email: user{user}@example.com\n"),
            destination);
    }
}
