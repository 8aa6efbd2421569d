using System.Runtime.CompilerServices;
using VffNetlink;
using VffNetlink.Route;
using VffNetlink.Uapi;
using Vffnl.Names;
using Vffnl.Output;

namespace Vffnl.Route.Kinds;

/// <summary>The fields of a bond.</summary>
internal static class BondFields
{
    private static readonly string[] Modes = ["balance-rr", "active-backup", "balance-xor", "broadcast", "802.3ad", "balance-tlb", "balance-alb"];
    private static readonly string[] Validations = ["none", "active", "backup", "all", "filter", "filter_active", "filter_backup"];
    private static readonly string[] AllTargets = ["any", "all"];
    private static readonly string[] Reselections = ["always", "better", "failure"];
    private static readonly string[] FailOvers = ["none", "active", "follow"];
    private static readonly string[] Policies = ["layer2", "layer3+4", "layer2+3", "encap2+3", "encap3+4", "vlan+srcmac"];
    private static readonly string[] Switches = ["off", "on"];
    private static readonly string[] Rates = ["slow", "fast"];
    private static readonly string[] Selections = ["stable", "bandwidth", "count"];

    [ModuleInitializer]
    internal static void Enter() => LinkKinds.Add("bond", Write);

    private static void Write(Report report, Link link, LinkDirectory links)
    {
        if (link.KindData is null || !link.TryReadKind<BondLink>(out var bond))
            return;
        WriteName(report, "mode", Modes, bond.Mode);
        WriteLink(report, "active_slave", bond.ActivePort, links);
        report.NumberIf("miimon", bond.MonitorInterval);
        report.NumberIf("updelay", bond.UpDelay);
        report.NumberIf("downdelay", bond.DownDelay);
        report.NumberIf("peer_notify_delay", bond.PeerNotificationDelay);
        report.BitIf("use_carrier", bond.UsesCarrier);
        WriteArp(report, bond);
        WriteLink(report, "primary", bond.Primary, links);
        WriteName(report, "primary_reselect", Reselections, bond.PrimaryReselection);
        WriteName(report, "fail_over_mac", FailOvers, bond.FailOverAddress);
        WriteName(report, "xmit_hash_policy", Policies, bond.HashPolicy);
        report.NumberIf("resend_igmp", bond.ResendIgmp);
        report.NumberIf("num_peer_notif", bond.PeerNotifications);
        report.BitIf("all_slaves_active", bond.AllPortsActive);
        report.NumberIf("min_links", bond.MinimumLinks);
        report.NumberIf("lp_interval", bond.LearningInterval);
        report.NumberIf("packets_per_slave", bond.PacketsPerPort);
        WriteAggregation(report, bond);
        report.BitIf("tlb_dynamic_lb", bond.DynamicBalancing);
    }

    private static void WriteArp(Report report, in BondLink bond)
    {
        report.NumberIf("arp_interval", bond.ArpInterval);
        report.NumberIf("arp_missed_max", bond.ArpMissedMaximum);
        WriteTargets(report, "arp_ip_target", bond.ArpTargets);
        WriteTargets(report, "ns_ip6_target", bond.NeighbourTargets);
        if (bond.ArpValidation is 0)
            report.Mark("arp_validate");
        else
            WriteName(report, "arp_validate", Validations, bond.ArpValidation);
        WriteName(report, "arp_all_targets", AllTargets, bond.ArpAllTargets);
    }

    private static void WriteAggregation(Report report, in BondLink bond)
    {
        WriteName(report, "ad_lacp_active", Switches, bond.LacpActive is { } active ? (active ? 1u : 0u) : null);
        WriteName(report, "ad_lacp_rate", Rates, bond.LacpRate);
        WriteName(report, "ad_select", Selections, bond.AggregatorSelection);
        if (!bond.Aggregation.IsEmpty)
        {
            report.BeginObject("ad_info");
            foreach (var found in bond.Aggregation.Read<IFLA_BOND_AD_INFO>())
            {
                if (found.Id == IFLA_BOND_AD_INFO.IFLA_BOND_AD_INFO_PARTNER_MAC)
                    report.Text("partner_mac", new LinkLayerAddress(found.Payload).ToString());
                else if (found.Id <= IFLA_BOND_AD_INFO.IFLA_BOND_AD_INFO_PARTNER_KEY)
                    report.Number(NameOf(found.Id), found.ReadUInt16());
            }

            report.EndObject();
        }

        report.NumberIf("ad_actor_sys_prio", bond.ActorPriority);
        report.NumberIf("ad_user_port_key", bond.UserPortKey);
        if (!bond.ActorSystem.IsEmpty)
            report.Text("ad_actor_system", bond.ActorSystem.ToString());
    }

    private static string NameOf(IFLA_BOND_AD_INFO id) => id switch
    {
        IFLA_BOND_AD_INFO.IFLA_BOND_AD_INFO_AGGREGATOR => "aggregator",
        IFLA_BOND_AD_INFO.IFLA_BOND_AD_INFO_NUM_PORTS => "num_ports",
        IFLA_BOND_AD_INFO.IFLA_BOND_AD_INFO_ACTOR_KEY => "actor_key",
        _ => "partner_key",
    };

    private static void WriteTargets(Report report, string name, RawAttributes targets)
    {
        if (targets.IsEmpty)
            return;
        report.BeginArray(name);
        foreach (var target in targets.Read<IFLA_BOND>())
        {
            if (InetAddress.TryRead(target.Payload, out var address))
                report.Item(address.ToString());
        }

        report.EndArray();
    }

    private static void WriteLink(Report report, string name, uint? index, LinkDirectory links)
    {
        if (index is { } number and not 0)
            report.Text(name, links.NameOf((int)number));
    }

    private static void WriteName(Report report, string name, string[] names, uint? value)
    {
        if (value is { } number)
            report.Text(name, number < names.Length ? names[number] : "UNKNOWN");
    }
}
