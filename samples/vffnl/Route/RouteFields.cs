using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using VffNetlink;
using VffNetlink.Route;
using VffNetlink.Uapi;
using Vffnl.Names;
using Vffnl.Output;

namespace Vffnl.Route;

/// <summary>The fields of a route.</summary>
internal static class RouteFields
{
    private const int ClockTicks = 100; // USER_HZ

    private static readonly (uint Flag, string Name)[] FlagNames =
    [
        ((uint)RTNH_F.RTNH_F_DEAD, "dead"), ((uint)RTNH_F.RTNH_F_ONLINK, "onlink"), ((uint)RTNH_F.RTNH_F_PERVASIVE, "pervasive"),
        ((uint)RTNH_F.RTNH_F_OFFLOAD, "offload"), ((uint)RTNH_F.RTNH_F_TRAP, "trap"), ((uint)RTM_F.RTM_F_NOTIFY, "notify"),
        ((uint)RTNH_F.RTNH_F_LINKDOWN, "linkdown"), ((uint)RTNH_F.RTNH_F_UNRESOLVED, "unresolved"), ((uint)RTM_F.RTM_F_OFFLOAD, "rt_offload"),
        ((uint)RTM_F.RTM_F_TRAP, "rt_trap"), ((uint)RTM_F.RTM_F_OFFLOAD_FAILED, "rt_offload_failed"),
    ];

    /// <summary>Writes them into the object that was begun.</summary>
    public static void Write(Report report, RouteEntry route, LinkDirectory links)
    {
        report.Text("type", RouteTypes.NameOf(route.Type));
        report.Text("dst", route.Destination is not null || route.PrefixLength != 0 ? Prefix(route, route.Destination, route.PrefixLength) : "default");
        if (route.Source is not null)
            report.Text("from", Prefix(route, route.Source, route.SourcePrefixLength));
        else if (route.SourcePrefixLength != 0)
            report.Text("src", Prefix(route, null, route.SourcePrefixLength));
        report.NumberIf("nhid", route.NextHopId);
        if (route.TypeOfService != 0)
            report.Text("tos", NumberNames.Services.Of(route.TypeOfService));
        if (route.NextHops.Count == 0)
        {
            if (route.Gateway is not null)
                WriteGateway(report, route, new InetAddress(route.Gateway));
            if (route.OutputIndex is { } output)
                report.Text("dev", links.NameOf(output));
        }

        if (route.Table != 0)
            report.Text("table", NumberNames.Tables.Of(route.Table));
        if ((route.Flags & (uint)RTM_F.RTM_F_CLONED) == 0)
        {
            report.Text("protocol", NumberNames.Protocols.Of(route.Protocol));
            report.Text("scope", NumberNames.Scopes.Of(route.Scope));
        }

        if (route.PreferredSource is not null)
            report.Text("prefsrc", new InetAddress(route.PreferredSource).ToString());
        // The kernel always tells IPv6's, and IPv4's where it is not 0.
        if (route.Metric != 0 || route.Family == (byte)InetFamily.IPv6)
            report.Number("metric", route.Metric);
        WriteFlags(report, route.Flags);
        WriteLookUp(report, route);
        WriteCache(report, route.CacheInfo);
        if (route.Metrics != default)
            MetricFields.Write(report, route.Metrics);
        if (route.InputIndex is { } input)
            report.Text("iif", links.NameOf(input));
        WritePreference(report, route.Preference);
        if (route.Other.Read<RTA>().TryFind(RTA.RTA_TTL_PROPAGATE, out var propagate))
            report.Flag("ttl-propogate", propagate.ReadByte() != 0); // so does ip spell it
        WriteHops(report, route, links);
    }

    private static void WriteHops(Report report, RouteEntry route, LinkDirectory links)
    {
        if (route.NextHops.Count == 0)
            return;
        report.BeginArray("nexthops");
        foreach (var hop in route.NextHops)
        {
            report.BeginObject();
            if (hop.Gateway.Length != 0)
                WriteGateway(report, route, hop.Gateway);
            if (hop.Other.Read<RTA>().TryFind(RTA.RTA_FLOW, out var realms))
                WriteRealms(report, realms.ReadUInt32());
            report.Text("dev", links.NameOf(hop.OutputIndex));
            report.Number("weight", hop.Weight);
            WriteFlags(report, (uint)hop.Flags);
            report.EndObject();
        }

        report.EndArray();
    }

    private static void WriteGateway(Report report, RouteEntry route, InetAddress gateway)
    {
        if ((byte)gateway.Family == route.Family)
        {
            report.Text("gateway", gateway.ToString());
            return;
        }

        report.BeginObject("via");
        report.Text("family", gateway.Family == InetFamily.IPv4 ? "inet" : "inet6");
        report.Text("host", gateway.ToString());
        report.EndObject();
    }

    private static void WriteFlags(Report report, uint flags)
    {
        report.BeginArray("flags");
        foreach (var (flag, name) in FlagNames)
        {
            if ((flags & flag) != 0)
                report.Item(name);
        }

        report.EndArray();
    }

    /// <summary>What only the answer to a look-up has, and realms.</summary>
    private static void WriteLookUp(Report report, RouteEntry route)
    {
        var other = route.Other.Read<RTA>();
        if (other.TryFind(RTA.RTA_MARK, out var mark) && mark.ReadUInt32() is var value and not 0)
            report.Number("mark", value);
        if (route.Realms is { } realms)
            WriteRealms(report, realms);
        if (other.TryFind(RTA.RTA_UID, out var user))
            report.Number("uid", user.ReadUInt32());
    }

    private static void WriteRealms(Report report, uint realms)
    {
        report.BeginObject("flow");
        if (realms >> 16 != 0)
            report.Text("from", NumberNames.Realms.Of(realms >> 16));
        report.Text("to", NumberNames.Realms.Of(realms & 0xffff));
        report.EndObject();
    }

    private static void WriteCache(Report report, rta_cacheinfo? cache)
    {
        if (cache is not { } info)
            return;
        if (info.rta_expires != 0)
            report.Number("expires", info.rta_expires / ClockTicks);
        if (info.rta_error != 0)
            report.Number("error", info.rta_error);
        if (info.rta_id != 0)
            report.Hex("ipid", info.rta_id);
        if (info.rta_ts == 0 && info.rta_tsage == 0)
            return;
        report.Hex("ts", info.rta_ts);
        report.Number("tsage", info.rta_tsage);
    }

    private static void WritePreference(Report report, byte? preference)
    {
        switch (preference)
        {
            case null:
                break;
            case 0:
                report.Text("pref", "medium");
                break;
            case 1:
                report.Text("pref", "high");
                break;
            case 3:
                report.Text("pref", "low");
                break;
            default:
                report.Number("pref", preference.Value);
                break;
        }
    }

    private static string Prefix(RouteEntry route, IPAddress? address, byte length)
    {
        if (address is null)
            return string.Create(CultureInfo.InvariantCulture, $"0/{length}");
        var prefix = new InetAddress(address);
        // Of MPLS, a label in the upper 20 bits of 32.
        if (route.Family == (byte)AF.AF_MPLS)
            return (BinaryPrimitives.ReadUInt32BigEndian(prefix.AsSpan()) >> 12).ToString(CultureInfo.InvariantCulture);
        return length == prefix.Length * 8 ? prefix.ToString() : string.Create(CultureInfo.InvariantCulture, $"{prefix}/{length}");
    }
}
