using System.Runtime.CompilerServices;
using VffNetlink.Route;
using Vffnl.Names;
using Vffnl.Output;

namespace Vffnl.Route.Kinds;

/// <summary>The fields of what a bond knows of a port.</summary>
internal static class BondPortFields
{
    private static readonly string[] States = ["ACTIVE", "BACKUP"];
    private static readonly string[] Statuses = ["UP", "GOING_DOWN", "DOWN", "GOING_BACK"];
    private static readonly string[] LacpStates = ["active", "short_timeout", "aggregating", "in_sync", "collecting", "distributing", "defaulted", "expired"];

    [ModuleInitializer]
    internal static void Enter() => LinkKinds.AddPort("bond", Write);

    private static void Write(Report report, Link link, LinkDirectory links)
    {
        if (link.SlaveData is null || !link.TryReadSlave<BondPort>(out var port))
            return;
        report.Named("state", "state_index", States, port.State);
        report.Named("mii_status", "mii_status_index", Statuses, port.LinkStatus);
        report.NumberIf("link_failure_count", port.LinkFailures);
        if (!port.PermanentAddress.IsEmpty)
            report.Text("perm_hwaddr", port.PermanentAddress.ToString());
        report.NumberIf("queue_id", port.Queue);
        if (port.Priority is { } priority)
            report.Number("prio", priority);
        report.NumberIf("ad_aggregator_id", port.Aggregator);
        WriteLacpState(report, "ad_actor_oper_port_state", port.ActorState);
        WriteLacpState(report, "ad_partner_oper_port_state", port.PartnerState);
    }

    private static void WriteLacpState(Report report, string name, ushort? state)
    {
        if (state is not { } bits)
            return;
        report.Number(name, bits);
        report.BeginArray($"{name}_str");
        for (var bit = 0; bit < LacpStates.Length; bit++)
        {
            if ((bits >> bit & 1) != 0)
                report.Item(LacpStates[bit]);
        }

        report.EndArray();
    }
}
