using System.Net;
using VffNetlink;
using VffNetlink.Route;
using VffNetlink.Uapi;
using Vffnl.Names;
using Vffnl.Output;

namespace Vffnl.Route;

/// <summary>The fields of a routing rule.</summary>
internal static class RuleFields
{
    /// <summary>Writes them into the object that was begun.</summary>
    public static void Write(Report report, RoutingRule rule)
    {
        report.Number("priority", rule.Priority ?? 0);
        MarkIf(report, "not", rule, FIB_RULE.FIB_RULE_INVERT);
        WritePrefix(report, "src", rule.Source, rule.SourceLength, "all");
        WritePrefix(report, "dst", rule.Destination, rule.DestinationLength, null);
        if (rule.TypeOfService != 0)
            report.Text("tos", NumberNames.Services.Of(rule.TypeOfService));
        if (rule.Mark is not null || rule.MarkMask is not null)
        {
            report.Hex("fwmark", rule.Mark ?? 0);
            if (rule.MarkMask is not uint.MaxValue)
                report.HexIf("fwmask", rule.MarkMask);
        }

        WriteLinks(report, rule);
        if (rule.Users is { } users)
        {
            report.Number("uid_start", users.start);
            report.Number("uid_end", users.end);
        }

        if (rule.IpProtocol is { } protocol)
            report.Text("ipproto", Accounts.Protocol((byte)protocol));
        WritePorts(report, "sport", rule.SourcePorts);
        WritePorts(report, "dport", rule.DestinationPorts);
        report.NumberIf("tun_id", rule.TunnelId);
        WriteTable(report, rule);
        WriteRealms(report, rule.Realms);
        WriteAction(report, rule);
        if (rule.Protocol is { } maker)
            report.Text("protocol", NumberNames.Protocols.Of(maker));
    }

    private static void WritePrefix(Report report, string name, IPAddress? address, byte length, string? any)
    {
        if (address is not null)
        {
            var prefix = new InetAddress(address);
            report.Text(name, prefix.ToString());
            if (length != prefix.Length * 8)
                report.Number($"{name}len", length);
        }
        else if (length != 0)
        {
            report.Text(name, "0");
            report.Number($"{name}len", length);
        }
        else if (any is not null)
        {
            report.Text(name, any);
        }
    }

    private static void WriteLinks(Report report, RoutingRule rule)
    {
        if (rule.InputName is not null)
        {
            report.Text("iif", rule.InputName);
            MarkIf(report, "iif_detached", rule, FIB_RULE.FIB_RULE_IIF_DETACHED);
        }

        if (rule.OutputName is not null)
        {
            report.Text("oif", rule.OutputName);
            MarkIf(report, "oif_detached", rule, FIB_RULE.FIB_RULE_OIF_DETACHED);
        }

        if (rule.IsL3Master)
            report.Mark("l3mdev");
    }

    private static void WritePorts(Report report, string name, fib_rule_port_range? ports)
    {
        if (ports is not { } range)
            return;
        if (range.start == range.end)
        {
            report.Number(name, range.start);
            return;
        }

        report.Number($"{name}_start", range.start);
        report.Number($"{name}_end", range.end);
    }

    private static void WriteTable(Report report, RoutingRule rule)
    {
        if (rule.Table == 0)
            return;
        report.Text("table", NumberNames.Tables.Of(rule.Table));
        report.NumberIf("suppress_prefixlen", rule.SuppressPrefixLength);
        if (rule.SuppressGroup is { } group)
            report.Text("suppress_ifgroup", NumberNames.Groups.Of(group));
    }

    private static void WriteRealms(Report report, uint? realms)
    {
        if (realms is not { } both)
            return;
        if (both >> 16 != 0)
            report.Text("flow_from", NumberNames.Realms.Of(both >> 16));
        report.Text("flow_to", NumberNames.Realms.Of(both & 0xffff));
    }

    private static void WriteAction(Report report, RoutingRule rule)
    {
        switch (rule.Action)
        {
            case FR_ACT.FR_ACT_TO_TBL:
                break;
            case FR_ACT.FR_ACT_GOTO:
                if (rule.Goto is { } priority)
                    report.Number("goto", priority);
                else
                    report.Text("goto", "none");
                MarkIf(report, "unresolved", rule, FIB_RULE.FIB_RULE_UNRESOLVED);
                break;
            case FR_ACT.FR_ACT_NOP:
                report.Mark("nop");
                break;
            default:
                report.Text("action", RouteTypes.NameOf((byte)rule.Action));
                break;
        }
    }

    private static void MarkIf(Report report, string name, RoutingRule rule, FIB_RULE flag)
    {
        if ((rule.Flags & flag) != 0)
            report.Mark(name);
    }
}
