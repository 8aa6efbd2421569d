using System.Globalization;
using System.Runtime.CompilerServices;
using VffNetlink.Route;
using VffNetlink.Uapi;
using Vffnl.Names;
using Vffnl.Output;

namespace Vffnl.Route.Kinds;

/// <summary>The fields of a bridge.</summary>
internal static class BridgeFields
{
    /// <summary>A bridge's or port's identity: the priority, a point, and the address, each byte without a leading zero.</summary>
    public static string Identity(ulong id)
    {
        var address = string.Join(':', Enumerable.Range(0, 6).Select(i => (id >> (8 * (5 - i)) & 0xff).ToString("x", CultureInfo.InvariantCulture)));
        return string.Create(CultureInfo.InvariantCulture, $"{id >> 48:x4}.{address}");
    }

    [ModuleInitializer]
    internal static void Enter() => LinkKinds.Add("bridge", Write);

    private static void Write(Report report, Link link, LinkDirectory links)
    {
        if (link.KindData is null || !link.TryReadKind<BridgeLink>(out var bridge))
            return;
        report.NumberIf("forward_delay", bridge.ForwardDelay);
        report.NumberIf("hello_time", bridge.HelloTime);
        report.NumberIf("max_age", bridge.MaximumAge);
        report.NumberIf("ageing_time", bridge.AgeingTime);
        report.NumberIf("stp_state", bridge.StpState);
        report.NumberIf("priority", bridge.Priority);
        report.BitIf("vlan_filtering", bridge.VlanFiltering);
        if (bridge.VlanProtocol is { } protocol)
            report.Text("vlan_protocol", VlanFields.ProtocolName(protocol));
        WriteTree(report, bridge);
        report.NumberIf("vlan_default_pvid", bridge.DefaultVlan);
        report.BitIf("vlan_stats_enabled", bridge.VlanStatistics);
        report.BitIf("vlan_stats_per_port", bridge.VlanStatisticsPerPort);
        report.HexIf("group_fwd_mask", bridge.GroupForwardMask);
        if (!bridge.GroupAddress.IsEmpty)
            report.Text("group_addr", bridge.GroupAddress.ToString());
        WriteMulticast(report, bridge);
        report.BitIf("nf_call_iptables", bridge.CallIptables);
        report.BitIf("nf_call_ip6tables", bridge.CallIp6tables);
        report.BitIf("nf_call_arptables", bridge.CallArptables);
    }

    private static void WriteTree(Report report, in BridgeLink bridge)
    {
        if (bridge.BridgeId is { } own)
            report.Text("bridge_id", Identity(own));
        if (bridge.RootId is { } root)
            report.Text("root_id", Identity(root));
        report.NumberIf("root_port", bridge.RootPort);
        report.NumberIf("root_path_cost", bridge.RootPathCost);
        report.NumberIf("topology_change", bridge.TopologyChange);
        report.NumberIf("topology_change_detected", bridge.TopologyChangeDetected);
        report.HundredthsIf("hello_timer", bridge.HelloTimer);
        report.HundredthsIf("tcn_timer", bridge.TcnTimer);
        report.HundredthsIf("topology_change_timer", bridge.TopologyChangeTimer);
        report.HundredthsIf("gc_timer", bridge.GarbageTimer);
    }

    private static void WriteMulticast(Report report, in BridgeLink bridge)
    {
        report.BitIf("mcast_snooping", bridge.MulticastSnooping);
        WriteOption(report, "no_linklocal_learn", bridge.Options, BR_BOOLOPT.BR_BOOLOPT_NO_LL_LEARN);
        WriteOption(report, "mcast_vlan_snooping", bridge.Options, BR_BOOLOPT.BR_BOOLOPT_MCAST_VLAN_SNOOPING);
        report.NumberIf("mcast_router", bridge.MulticastRouter);
        report.NumberIf("mcast_query_use_ifaddr", bridge.MulticastQueryUseAddress);
        report.BitIf("mcast_querier", bridge.MulticastQuerier);
        report.NumberIf("mcast_hash_elasticity", bridge.MulticastHashElasticity);
        report.NumberIf("mcast_hash_max", bridge.MulticastHashMaximum);
        report.NumberIf("mcast_last_member_cnt", bridge.MulticastLastMemberCount);
        report.NumberIf("mcast_startup_query_cnt", bridge.MulticastStartupQueryCount);
        report.NumberIf("mcast_last_member_intvl", bridge.MulticastLastMemberInterval);
        report.NumberIf("mcast_membership_intvl", bridge.MulticastMembershipInterval);
        report.NumberIf("mcast_querier_intvl", bridge.MulticastQuerierInterval);
        report.NumberIf("mcast_query_intvl", bridge.MulticastQueryInterval);
        report.NumberIf("mcast_query_response_intvl", bridge.MulticastQueryResponseInterval);
        report.NumberIf("mcast_startup_query_intvl", bridge.MulticastStartupQueryInterval);
        report.BitIf("mcast_stats_enabled", bridge.MulticastStatistics);
        report.NumberIf("mcast_igmp_version", bridge.IgmpVersion);
        report.NumberIf("mcast_mld_version", bridge.MldVersion);
    }

    private static void WriteOption(Report report, string name, br_boolopt_multi? options, BR_BOOLOPT option)
    {
        var bit = 1u << (int)option;
        if (options is { } all && (all.optmask & bit) != 0)
            report.BitIf(name, (all.optval & bit) != 0);
    }
}
