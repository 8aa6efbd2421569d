using System.Globalization;
using VffNetlink;
using VffNetlink.Conntrack;
using Vffnl.Output;

namespace Vffnl.Conntrack;

/// <summary>The words for what connection tracking has as numbers: those of the kernel, and the same on the command line and in the output.</summary>
internal static class FlowNames
{
    /// <summary>The kernel's <c>ip_conntrack_status</c>.</summary>
    public static readonly (uint Bit, string Name)[] Status =
    [
        ((uint)FlowStatus.Expected, "expected"), ((uint)FlowStatus.SeenReply, "seen_reply"), ((uint)FlowStatus.Assured, "assured"), ((uint)FlowStatus.Confirmed, "confirmed"),
        ((uint)FlowStatus.SourceNat, "src_nat"), ((uint)FlowStatus.DestinationNat, "dst_nat"), ((uint)FlowStatus.SequenceAdjusted, "seq_adjust"),
        ((uint)FlowStatus.SourceNatDone, "src_nat_done"), ((uint)FlowStatus.DestinationNatDone, "dst_nat_done"), ((uint)FlowStatus.Dying, "dying"),
        ((uint)FlowStatus.FixedTimeout, "fixed_timeout"), ((uint)FlowStatus.Template, "template"), ((uint)FlowStatus.Untracked, "untracked"), ((uint)FlowStatus.Helper, "helper"),
        ((uint)FlowStatus.Offloaded, "offload"), ((uint)FlowStatus.HardwareOffloaded, "hw_offload"),
    ];

    /// <summary>The kernel's <c>IP_CT_TCP_FLAG</c>.</summary>
    public static readonly (uint Bit, string Name)[] TcpFlags =
    [
        ((uint)VffNetlink.Conntrack.TcpFlags.WindowScale, "window_scale"), ((uint)VffNetlink.Conntrack.TcpFlags.SackPermitted, "sack_perm"),
        ((uint)VffNetlink.Conntrack.TcpFlags.CloseInitiated, "close_init"), ((uint)VffNetlink.Conntrack.TcpFlags.BeLiberal, "be_liberal"),
        ((uint)VffNetlink.Conntrack.TcpFlags.DataUnacknowledged, "data_unacknowledged"), ((uint)VffNetlink.Conntrack.TcpFlags.HighestAckKnown, "maxack_set"),
        ((uint)VffNetlink.Conntrack.TcpFlags.ChallengeAckExpected, "challenge_ack"), ((uint)VffNetlink.Conntrack.TcpFlags.SimultaneousOpen, "simultaneous_open"),
    ];

    /// <summary>The kernel's <c>tcp_conntrack</c>, by its numbers.</summary>
    public static readonly string[] TcpStates = ["none", "syn_sent", "syn_recv", "established", "fin_wait", "close_wait", "last_ack", "time_wait", "close", "syn_sent2"];

    /// <summary>The kernel's <c>sctp_conntrack</c>, by its numbers.</summary>
    public static readonly string[] SctpStates =
        ["none", "closed", "cookie_wait", "cookie_echoed", "established", "shutdown_sent", "shutdown_recd", "shutdown_ack_sent", "heartbeat_sent", "heartbeat_acked"];

    /// <summary>The kernel's <c>ct_dccp_states</c>, by its numbers.</summary>
    public static readonly string[] DccpStates = ["none", "request", "respond", "partopen", "open", "closereq", "closing", "timewait"];

    /// <summary>The kernel's <c>ct_dccp_roles</c>, by its numbers.</summary>
    public static readonly string[] DccpRoles = ["client", "server"];

    /// <summary>Transports that have a name; any other is its number.</summary>
    private static readonly (IpProtocol Number, string Name)[] Protocols =
    [
        (IpProtocol.Icmp, "icmp"), (IpProtocol.Igmp, "igmp"), (IpProtocol.Tcp, "tcp"), (IpProtocol.Udp, "udp"), (IpProtocol.Dccp, "dccp"), (IpProtocol.Gre, "gre"),
        (IpProtocol.Esp, "esp"), (IpProtocol.Ah, "ah"), (IpProtocol.IcmpV6, "icmpv6"), (IpProtocol.Sctp, "sctp"), (IpProtocol.UdpLite, "udplite"),
    ];

    /// <summary>A transport's name, or its number.</summary>
    public static string Of(IpProtocol protocol)
    {
        foreach (var (number, name) in Protocols)
        {
            if (number == protocol)
                return name;
        }

        return ((byte)protocol).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The transport of a name or number.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public static IpProtocol Protocol(string text)
    {
        foreach (var (number, name) in Protocols)
        {
            if (name == text)
                return number;
        }

        return byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var other)
            ? (IpProtocol)other
            : throw new FormatException($"\"{text}\" is no transport: a number up to 255 is one, and {string.Join(", ", Protocols.Select(static p => p.Name))}");
    }

    /// <summary>A number by its name, or as it is.</summary>
    public static string Of(string[] names, byte number) => number < names.Length ? names[number] : number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Writes the bits that are set by their names; those without a name together, in hexadecimal.</summary>
    public static void Write(Report report, string key, (uint Bit, string Name)[] names, uint bits)
    {
        report.BeginArray(key);
        foreach (var (bit, name) in names)
        {
            if ((bits & bit) == 0)
                continue;
            bits &= ~bit;
            report.Item(name);
        }

        if (bits != 0)
            report.Item(string.Create(CultureInfo.InvariantCulture, $"0x{bits:x}"));
        report.EndArray();
    }
}
