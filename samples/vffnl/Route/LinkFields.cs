using System.Globalization;
using VffNetlink.Route;
using VffNetlink.Uapi;
using Vffnl.Names;
using Vffnl.Output;
using Vffnl.Route.Kinds;

namespace Vffnl.Route;

/// <summary>The fields of a link.</summary>
internal static class LinkFields
{
    private static readonly (IFF Flag, string Name)[] FlagNames =
    [
        (IFF.IFF_LOOPBACK, "LOOPBACK"), (IFF.IFF_BROADCAST, "BROADCAST"), (IFF.IFF_POINTOPOINT, "POINTOPOINT"), (IFF.IFF_MULTICAST, "MULTICAST"),
        (IFF.IFF_NOARP, "NOARP"), (IFF.IFF_ALLMULTI, "ALLMULTI"), (IFF.IFF_PROMISC, "PROMISC"), (IFF.IFF_MASTER, "MASTER"), (IFF.IFF_SLAVE, "SLAVE"),
        (IFF.IFF_DEBUG, "DEBUG"), (IFF.IFF_DYNAMIC, "DYNAMIC"), (IFF.IFF_AUTOMEDIA, "AUTOMEDIA"), (IFF.IFF_PORTSEL, "PORTSEL"),
        (IFF.IFF_NOTRAILERS, "NOTRAILERS"), (IFF.IFF_UP, "UP"), (IFF.IFF_LOWER_UP, "LOWER_UP"), (IFF.IFF_DORMANT, "DORMANT"), (IFF.IFF_ECHO, "ECHO"),
    ];

    private static readonly string[] States = ["UNKNOWN", "NOTPRESENT", "DOWN", "LOWERLAYERDOWN", "TESTING", "DORMANT", "UP"];
    private static readonly string[] Modes = ["DEFAULT", "DORMANT"];
    private static readonly string[] Events = ["NONE", "REBOOT", "FEATURE CHANGE", "BONDING FAILOVER", "NOTIFY PEERS", "RESEND IGMP", "BONDING OPTION"];

    /// <summary>Writes them into the object that was begun.</summary>
    public static void Write(Report report, Link link, LinkDirectory links, LinkForm form)
    {
        report.Number("ifindex", link.Index);
        WriteName(report, link, links);
        report.Number("mtu", (int)link.Mtu);
        if (form == LinkForm.Inet6Address)
        {
            report.Named("operstate", "operstate_index", States, (byte?)link.OperationalState);
            WriteQueueLength(report, link);
            WriteHardware(report, link);
            return;
        }

        report.TextIf("qdisc", link.Qdisc);
        if (link.MasterIndex is { } master)
            report.Text("master", links.NameOf(master));
        report.Named("operstate", "operstate_index", States, (byte?)link.OperationalState);
        if (form == LinkForm.Link)
            report.Named("linkmode", "linkmode_index", Modes, link.LinkMode);
        report.Text("group", NumberNames.Groups.Of(link.Group));
        WriteQueueLength(report, link);
        if (link.Event is { } number and not 0)
            report.Text("event", number < Events.Length ? Events[number] : number.ToString(CultureInfo.InvariantCulture));
        WriteHardware(report, link);
        WriteOtherAddresses(report, link);
        report.FlagIfSet("proto_down", link.ProtocolDown == true);
        WriteDetails(report, link, links, form);
        report.TextIf("ifalias", link.Alias);
        if (link.AlternativeNames.Count == 0)
            return;
        report.BeginArray("altnames");
        foreach (var name in link.AlternativeNames)
            report.Item(name);
        report.EndArray();
    }

    private static void WriteQueueLength(Report report, Link link)
    {
        if (link.TxQueueLength != 0)
            report.Number("txqlen", (int)link.TxQueueLength);
    }

    private static void WriteName(Report report, Link link, LinkDirectory links)
    {
        var isParentDown = false;
        switch (link.ParentIndex)
        {
            case null:
                break;
            case 0:
                report.Mark("link");
                break;
            case { } parent when link.ParentNamespaceId is not null:
                report.Number("link_index", parent);
                break;
            case { } parent:
                report.Text("link", links.NameOf(parent));
                isParentDown = links.IsDown(parent);
                break;
        }

        report.Text("ifname", link.Name);
        report.BeginArray("flags");
        if ((link.Flags & (IFF.IFF_UP | IFF.IFF_RUNNING)) == IFF.IFF_UP)
            report.Item("NO-CARRIER");
        var rest = link.Flags & ~IFF.IFF_RUNNING;
        foreach (var (flag, name) in FlagNames)
        {
            if ((rest & flag) == 0)
                continue;
            rest &= ~flag;
            report.Item(name);
        }

        if (rest != 0)
            report.Item(((uint)rest).ToString("x", CultureInfo.InvariantCulture));
        if (isParentDown)
            report.Item("M-DOWN");
        report.EndArray();
    }

    private static void WriteHardware(Report report, Link link)
    {
        report.Text("link_type", HardwareTypes.NameOf(link.HardwareType));
        if (!link.HardwareAddress.IsEmpty)
            report.Text("address", HardwareAddress.Text(link.HardwareAddress, link.HardwareType));
    }

    private static void WriteOtherAddresses(Report report, Link link)
    {
        if (!link.BroadcastAddress.IsEmpty)
        {
            report.FlagIfSet("link_pointtopoint", (link.Flags & IFF.IFF_POINTOPOINT) != 0);
            report.Text("broadcast", HardwareAddress.Text(link.BroadcastAddress, link.HardwareType));
        }

        if (!link.PermanentAddress.IsEmpty && link.PermanentAddress != link.HardwareAddress)
            report.Text("permaddr", HardwareAddress.Text(link.PermanentAddress, link.HardwareType));
        if (link.ParentNamespaceId is { } ns)
            report.Number("link_netnsid", ns);
        // Of a link that went to another namespace; only events tell.
        if (link.NewNamespaceId is { } newNs)
            report.Number("new_netnsid", newNs);
        if (link.NewIndex is { } newIndex)
            report.Number("new_ifindex", newIndex);
    }

    private static void WriteDetails(Report report, Link link, LinkDirectory links, LinkForm form)
    {
        report.NumberIf("promiscuity", link.Promiscuity);
        report.NumberIf("allmulti", link.AllMulticast);
        report.NumberIf("min_mtu", link.MinimumMtu);
        report.NumberIf("max_mtu", link.MaximumMtu);
        LinkKinds.Write(report, link, links);
        if (form == LinkForm.Link)
            report.TextIf("inet6_addr_gen_mode", GenerationMode(link.AddressGenerationMode));
        report.NumberIf("num_tx_queues", link.TxQueues);
        report.NumberIf("num_rx_queues", link.RxQueues);
        report.NumberIf("gso_max_size", link.GsoMaximumSize);
        report.NumberIf("gso_max_segs", link.GsoMaximumSegments);
        report.NumberIf("tso_max_size", link.TsoMaximumSize);
        report.NumberIf("tso_max_segs", link.TsoMaximumSegments);
        report.NumberIf("gro_max_size", link.GroMaximumSize);
        report.TextIf("phys_port_name", link.PhysicalPort);
        if (!link.PhysicalPortId.IsEmpty)
            report.Text("phys_port_id", Convert.ToHexStringLower(link.PhysicalPortId.Span));
        if (!link.PhysicalSwitchId.IsEmpty)
            report.Text("phys_switch_id", Convert.ToHexStringLower(link.PhysicalSwitchId.Span));
        report.TextIf("parentbus", link.ParentBus);
        report.TextIf("parentdev", link.ParentDevice);
    }

    private static string? GenerationMode(IN6_ADDR_GEN_MODE? mode) => mode switch
    {
        null => null,
        IN6_ADDR_GEN_MODE.IN6_ADDR_GEN_MODE_EUI64 => "eui64",
        IN6_ADDR_GEN_MODE.IN6_ADDR_GEN_MODE_NONE => "none",
        IN6_ADDR_GEN_MODE.IN6_ADDR_GEN_MODE_STABLE_PRIVACY => "stable_secret",
        IN6_ADDR_GEN_MODE.IN6_ADDR_GEN_MODE_RANDOM => "random",
        _ => string.Create(CultureInfo.InvariantCulture, $"0x{(byte)mode:x2}"),
    };
}
