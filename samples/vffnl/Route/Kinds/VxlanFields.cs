using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using VffNetlink;
using VffNetlink.Route;
using Vffnl.Names;
using Vffnl.Output;

namespace Vffnl.Route.Kinds;

/// <summary>The fields of a VXLAN.</summary>
internal static class VxlanFields
{
    [ModuleInitializer]
    internal static void Enter() => LinkKinds.Add("vxlan", Write);

    private static void Write(Report report, Link link, LinkDirectory links)
    {
        if (link.KindData is null || !link.TryReadKind<VxlanLink>(out var vxlan))
            return;
        report.FlagIfSet("external", vxlan.CollectMetadata == true);
        report.FlagIfSet("vnifilter", vxlan.VniFilter == true);
        report.NumberIf("id", vxlan.Network);
        WriteEnds(report, vxlan, links);
        if (vxlan.PortRange is { } ports)
        {
            report.BeginObject("port_range");
            report.Number("low", BinaryPrimitives.ReverseEndianness(ports.low));
            report.Number("high", BinaryPrimitives.ReverseEndianness(ports.high));
            report.EndObject();
        }

        report.NumberIf("port", vxlan.Port);
        report.FlagIf("learning", vxlan.Learning);
        report.FlagIfSet("proxy", vxlan.Proxy == true);
        report.FlagIfSet("rsc", vxlan.RouteShortCircuit == true);
        report.FlagIfSet("l2miss", vxlan.LinkMissNotifications == true);
        report.FlagIfSet("l3miss", vxlan.NetworkMissNotifications == true);
        WriteHeader(report, vxlan);
        report.NumberIf("ageing", vxlan.Ageing);
        if (vxlan.AddressLimit is not 0)
            report.NumberIf("limit", vxlan.AddressLimit);
        report.FlagIf("udp_csum", vxlan.UdpChecksum);
        report.FlagIf("udp_zero_csum6_tx", vxlan.ZeroChecksum6Send);
        report.FlagIf("udp_zero_csum6_rx", vxlan.ZeroChecksum6Receive);
        report.FlagIfSet("remcsum_tx", vxlan.RemoteChecksumSend == true);
        report.FlagIfSet("remcsum_rx", vxlan.RemoteChecksumReceive == true);
        report.FlagIfSet("gbp", vxlan.GroupPolicy);
        report.FlagIfSet("gpe", vxlan.GenericProtocol);
    }

    private static void WriteEnds(Report report, in VxlanLink vxlan, LinkDirectory links)
    {
        if (vxlan.RemoteIPv4.Length != 0)
            WriteEnd(report, IsMulticast(vxlan.RemoteIPv4) ? "group" : "remote", vxlan.RemoteIPv4);
        else
            WriteEnd(report, IsMulticast(vxlan.RemoteIPv6) ? "group6" : "remote6", vxlan.RemoteIPv6);
        if (vxlan.LocalIPv4.Length != 0)
            WriteEnd(report, "local", vxlan.LocalIPv4);
        else
            WriteEnd(report, "local6", vxlan.LocalIPv6);
        if (vxlan.LinkIndex is { } lower and not 0)
            report.Text("link", links.NameOf((int)lower));
    }

    /// <summary>An address that is set at all.</summary>
    private static void WriteEnd(Report report, string name, InetAddress address)
    {
        if (address.AsSpan().ContainsAnyExcept((byte)0))
            report.Text(name, address.ToString());
    }

    private static bool IsMulticast(InetAddress address) => address.Family switch
    {
        InetFamily.IPv4 => address.AsSpan()[0] >> 4 == 0xe,
        InetFamily.IPv6 => address.AsSpan()[0] == 0xff,
        _ => false,
    };

    /// <summary>What the outer IP header has.</summary>
    private static void WriteHeader(Report report, in VxlanLink vxlan)
    {
        if (vxlan.TypeOfService is not 0)
            report.HexIf("tos", vxlan.TypeOfService);
        if (!vxlan.TimeToLiveInherit)
            report.NumberIf("ttl", vxlan.TimeToLive);
        report.TextIf("df", vxlan.DontFragment switch { 0 => "unset", 1 => "set", 2 => "inherit", _ => null });
        if (vxlan.FlowLabel is not 0)
            report.HexIf("label", vxlan.FlowLabel);
    }
}
