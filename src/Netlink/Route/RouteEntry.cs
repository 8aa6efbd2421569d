using System.Net;
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

    /// <summary>The next hop; null where the destination is on the link.</summary>
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
        var route = new RouteEntry { Family = header.rtm_family, PrefixLength = header.rtm_dst_len, Table = header.rtm_table, Type = header.rtm_type };
        foreach (var a in message.Attributes<rtmsg, RTA>())
        {
            route = a.Id switch
            {
                RTA.RTA_DST when a.Payload.Length is 4 or 16 => route with { Destination = new IPAddress(a.Payload) },
                RTA.RTA_GATEWAY when a.Payload.Length is 4 or 16 => route with { Gateway = new IPAddress(a.Payload) },
                RTA.RTA_OIF => route with { OutputIndex = a.ReadInt32() },
                RTA.RTA_PRIORITY => route with { Metric = a.ReadUInt32() },
                RTA.RTA_TABLE => route with { Table = a.ReadUInt32() },
                // struct rtnexthop: length u16, flags u8, hops u8, ifindex s32, attributes.
                RTA.RTA_MULTIPATH when a.Payload.Length >= 8 => route with { OutputIndex = BitConverter.ToInt32(a.Payload[4..]) },
                _ => route,
            };
        }

        return route;
    }
}
