using System.Globalization;
using System.Runtime.CompilerServices;
using VffNetlink.Route;
using Vffnl.Names;
using Vffnl.Output;

namespace Vffnl.Route.Kinds;

/// <summary>The fields of what a bridge knows of a port.</summary>
internal static class BridgePortFields
{
    private static readonly string[] States = ["disabled", "listening", "learning", "forwarding", "blocking"];

    [ModuleInitializer]
    internal static void Enter() => LinkKinds.AddPort("bridge", Write);

    private static void Write(Report report, Link link, LinkDirectory links)
    {
        if (link.SlaveData is null || !link.TryReadSlave<BridgePort>(out var port))
            return;
        report.Named("state", "state_index", States, port.State);
        report.NumberIf("priority", port.Priority);
        report.NumberIf("cost", port.Cost);
        report.FlagIf("hairpin", port.Hairpin);
        report.FlagIf("guard", port.Guard);
        report.FlagIf("root_block", port.RootBlock);
        report.FlagIf("fastleave", port.FastLeave);
        report.FlagIf("learning", port.Learning);
        report.FlagIf("flood", port.UnicastFlood);
        WriteTree(report, port);
        report.FlagIf("proxy_arp", port.ProxyArp);
        report.FlagIf("proxy_arp_wifi", port.ProxyArpWifi);
        report.NumberIf("multicast_router", port.MulticastRouter);
        report.FlagIf("mcast_flood", port.MulticastFlood);
        report.FlagIf("bcast_flood", port.BroadcastFlood);
        report.FlagIf("mcast_to_unicast", port.MulticastToUnicast);
        report.FlagIf("neigh_suppress", port.NeighbourSuppression);
        if (port.GroupForwardMask is { } mask)
        {
            report.Hex("group_fwd_mask", mask);
            report.Text("group_fwd_mask_str", Groups(mask));
        }

        report.FlagIf("vlan_tunnel", port.VlanTunnel);
        report.FlagIf("isolated", port.Isolated);
        report.FlagIf("locked", port.Locked);
        if (port.BackupPort is { } backup)
            report.Text("backup_port", links.NameOf((int)backup));
    }

    private static void WriteTree(Report report, in BridgePort port)
    {
        report.HexIf("id", port.Id);
        report.HexIf("no", port.Number);
        report.NumberIf("designated_port", port.DesignatedPort);
        report.NumberIf("designated_cost", port.DesignatedCost);
        if (port.BridgeId is { } bridge)
            report.Text("bridge_id", BridgeFields.Identity(bridge));
        if (port.RootId is { } root)
            report.Text("root_id", BridgeFields.Identity(root));
        report.HundredthsIf("hold_timer", port.HoldTimer);
        report.HundredthsIf("message_age_timer", port.MessageAgeTimer);
        report.HundredthsIf("forward_delay_timer", port.ForwardDelayTimer);
        report.NumberIf("topology_change_ack", port.TopologyChangeAcknowledged);
        report.NumberIf("config_pending", port.ConfigurationPending);
    }

    private static string Groups(ushort mask)
    {
        var names = new List<string>();
        for (var bit = 0; bit < 16; bit++)
        {
            if ((mask >> bit & 1) != 0)
                names.Add(bit switch { 0 => "stp", 2 => "lacp", 14 => "lldp", _ => string.Create(CultureInfo.InvariantCulture, $"0x{1 << bit:x}") });
        }

        return names.Count == 0 ? "0x0" : string.Join(',', names);
    }
}
