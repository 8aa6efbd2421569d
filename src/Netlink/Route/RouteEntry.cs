using System.Net;
using System.Runtime.InteropServices;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>A route.</summary>
public sealed record RouteEntry
{
    /// <summary>AF_INET (2) or AF_INET6 (10).</summary>
    public required byte Family { get; init; }

    /// <summary>The destination; null: everything.</summary>
    public IPAddress? Destination { get; init; }

    /// <summary>Bits; 0 is a default route.</summary>
    public byte PrefixLength { get; init; }

    /// <summary>The next hop, of a route with several the first one, perhaps of the other family; null where the destination is on the link.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>The outgoing link's index; of a route with several next hops the first one's; null where it has none.</summary>
    public int? OutputIndex { get; init; }

    /// <summary>The metric, the lower the better (<c>RTA_PRIORITY</c>).</summary>
    public uint Metric { get; init; }

    /// <summary>The table: 254 is <c>main</c>.</summary>
    public uint Table { get; init; }

    /// <summary>RTN_*: 1 is unicast.</summary>
    public byte Type { get; init; }

    /// <summary>Whether it is the route of last resort that packets leave by: unicast, to everything, in table <c>main</c>.</summary>
    public bool IsDefault => PrefixLength == 0 && Type == 1 && Table == 254 && OutputIndex is not null;

    /// <summary>Reads a route out of an <c>RTM_NEWROUTE</c> or <c>RTM_DELROUTE</c>.</summary>
    /// <exception cref="NetlinkFormatException">The message is malformed.</exception>
    public static RouteEntry Read(scoped in NetlinkMessage message)
    {
        var header = message.ReadHeader<rtmsg>();
        IPAddress? destination = null, gateway = null;
        int? output = null;
        uint metric = 0, table = header.rtm_table;
        foreach (var a in message.Attributes<rtmsg, RTA>())
        {
            switch (a.Id)
            {
                case RTA.RTA_DST:
                    destination = AddressOf(a.Payload);
                    break;
                case RTA.RTA_GATEWAY or RTA.RTA_VIA:
                    gateway = GatewayOf(a);
                    break;
                case RTA.RTA_OIF:
                    output = a.ReadInt32();
                    break;
                case RTA.RTA_PRIORITY:
                    metric = a.ReadUInt32();
                    break;
                case RTA.RTA_TABLE:
                    table = a.ReadUInt32();
                    break;
                case RTA.RTA_MULTIPATH:
                    (output, gateway) = FirstHopOf(a.Payload);
                    break;
            }
        }

        return new RouteEntry
        {
            Family = header.rtm_family,
            Destination = destination,
            PrefixLength = header.rtm_dst_len,
            Gateway = gateway,
            OutputIndex = output,
            Metric = metric,
            Table = table,
            Type = header.rtm_type,
        };
    }

    private static (int? Output, IPAddress? Gateway) FirstHopOf(ReadOnlySpan<byte> hops)
    {
        if (hops.Length < Marshal.SizeOf<rtnexthop>())
            Throw.AttributeLength(nameof(RTA.RTA_MULTIPATH), hops.Length, Marshal.SizeOf<rtnexthop>());
        var hop = MemoryMarshal.Read<rtnexthop>(hops);
        if (hop.rtnh_len < Marshal.SizeOf<rtnexthop>() || hop.rtnh_len > hops.Length)
            Throw.Format($"A next hop says that it has {hop.rtnh_len} bytes; {hops.Length} are left in {nameof(RTA.RTA_MULTIPATH)}.");
        IPAddress? gateway = null;
        foreach (var a in new AttributeReader<RTA>(hops[Marshal.SizeOf<rtnexthop>()..hop.rtnh_len]))
        {
            if (a.Id is RTA.RTA_GATEWAY or RTA.RTA_VIA)
                gateway = GatewayOf(a);
        }

        return (hop.rtnh_ifindex, gateway);
    }

    private static IPAddress? GatewayOf(scoped in NetlinkAttribute<RTA> a) =>
        // struct rtvia: the family in 16 bits, then the address.
        a.Id == RTA.RTA_GATEWAY ? AddressOf(a.Payload) : a.Payload.Length > 2 ? AddressOf(a.Payload[2..]) : null;

    private static IPAddress? AddressOf(ReadOnlySpan<byte> bytes) => bytes.Length is 4 or 16 ? new IPAddress(bytes) : null;
}
