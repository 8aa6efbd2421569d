using VffNetlink.Conntrack;

namespace VffNetlink.Testing.Conntrack;

/// <summary>
/// Hundreds of flows that together have every transport, state and attribute that the kernel can be brought to hold over netlink, in every combination with zones and translations
/// that matters.
/// </summary>
internal static class EveryFlow
{
    private static readonly (IpProtocol Protocol, ushort Port, string Name)[] Helpers =
    [
        (IpProtocol.Tcp, 21, "ftp"), (IpProtocol.Udp, 69, "tftp"), (IpProtocol.Tcp, 6667, "irc"), (IpProtocol.Udp, 5060, "sip"), (IpProtocol.Tcp, 5060, "sip"), (IpProtocol.Udp, 10080, "amanda"),
    ];

    /// <summary>The flows, each with what it is to have; those that others expect come first.</summary>
    /// <param name="withLabels">Whether the namespace has a rule that uses labels, without which the kernel takes none.</param>
    public static List<Flow> All(bool withLabels)
    {
        var flows = new List<Flow>();
        foreach (var v6 in (bool[])[false, true])
        {
            Transports(flows, v6);
            TcpStates(flows, v6);
            SctpStates(flows, v6);
            DccpStates(flows, v6);
            Zones(flows, v6);
            Statuses(flows, v6);
            Translations(flows, v6);
            Extensions(flows, v6);
            Expected(flows, v6);
        }

        if (withLabels)
            Labels(flows);
        return flows;
    }

    private static void Transports(List<Flow> flows, bool v6)
    {
        IpProtocol[] withPorts = [IpProtocol.Tcp, IpProtocol.Udp, IpProtocol.UdpLite, IpProtocol.Sctp, IpProtocol.Gre];
        foreach (var protocol in withPorts)
        {
            foreach (var mark in (uint?[])[null, 0, 1, 0x80000000, uint.MaxValue])
                flows.Add(New(flows, v6, protocol) with { Mark = mark, Timeout = TimeSpan.FromSeconds(mark is null ? 1_000_000 : 900) });
        }

        // DCCP has ports up to Linux 6.15, and is any other transport behind it.
        foreach (var protocol in (IpProtocol[])[IpProtocol.Dccp, IpProtocol.Esp, IpProtocol.Ah, IpProtocol.Igmp, (IpProtocol)253, (IpProtocol)255])
            flows.Add(New(flows, v6, protocol, withPorts: false));
        if (v6)
        {
            foreach (var type in (byte[])[128, 139])
                flows.Add(Icmp(flows, v6, type, 0));
        }
        else
        {
            foreach (var type in (byte[])[8, 13, 15, 17])
                flows.Add(Icmp(flows, v6, type, (byte)(type == 8 ? 7 : 0)));
        }
    }

    private static void TcpStates(List<Flow> flows, bool v6)
    {
        foreach (var state in Enum.GetValues<TcpState>())
        {
            flows.Add(New(flows, v6, IpProtocol.Tcp) with { Tcp = new TcpTracking { State = state } });
            flows.Add(New(flows, v6, IpProtocol.Tcp) with
            {
                Tcp = new TcpTracking
                {
                    State = state,
                    OriginalFlags = TcpFlags.WindowScale | TcpFlags.SackPermitted | TcpFlags.HighestAckKnown,
                    ReplyFlags = TcpFlags.WindowScale | TcpFlags.BeLiberal,
                    OriginalWindowScale = 7,
                    ReplyWindowScale = 14,
                },
            });
        }

        foreach (var flag in Enum.GetValues<TcpFlags>())
            flows.Add(New(flows, v6, IpProtocol.Tcp) with { Tcp = new TcpTracking { State = TcpState.Established, OriginalFlags = flag, ReplyFlags = ~flag } });
    }

    private static void SctpStates(List<Flow> flows, bool v6)
    {
        // Newer kernels refuse the last one.
        foreach (var state in Enum.GetValues<SctpState>().Where(static s => s != SctpState.HeartbeatAcked))
            flows.Add(New(flows, v6, IpProtocol.Sctp) with { Sctp = new SctpTracking(state, 0x01020304, state == SctpState.None ? 0 : uint.MaxValue) });
    }

    /// <summary>Held up to Linux 6.15; newer kernels take the flows, and no state.</summary>
    private static void DccpStates(List<Flow> flows, bool v6)
    {
        foreach (var state in Enum.GetValues<DccpState>())
            flows.Add(New(flows, v6, IpProtocol.Dccp, withPorts: false) with { Dccp = new DccpTracking(state, (int)state % 2 == 0, 0xffff_0000_0001 + (ulong)state) });
    }

    private static void Zones(List<Flow> flows, bool v6)
    {
        foreach (var zone in (ushort[])[1, 7, 65_535])
        {
            foreach (var protocol in (IpProtocol[])[IpProtocol.Tcp, IpProtocol.Udp, IpProtocol.Esp])
            {
                var flow = New(flows, v6, protocol, withPorts: protocol != IpProtocol.Esp);
                var (original, reply) = (flow.Original, flow.Original.Inverted());
                flows.Add(flow with { Original = original.InZone(zone), Reply = reply.InZone(zone), Mark = zone });
                flow = New(flows, v6, protocol, withPorts: protocol != IpProtocol.Esp);
                flows.Add(flow with { Original = flow.Original.InZone(zone), Reply = flow.Original.Inverted() });
                flow = New(flows, v6, protocol, withPorts: protocol != IpProtocol.Esp);
                flows.Add(flow with { Reply = flow.Original.Inverted().InZone(zone) });
            }
        }
    }

    private static void Statuses(List<Flow> flows, bool v6)
    {
        FlowStatus[] bits = [FlowStatus.SeenReply, FlowStatus.Assured, FlowStatus.FixedTimeout, FlowStatus.Helper];
        for (var set = 0; set < 1 << bits.Length; set++)
        {
            var status = bits.Where((_, i) => (set >> i & 1) != 0).Aggregate(FlowStatus.None, static (all, bit) => all | bit);
            flows.Add(New(flows, v6, set % 2 == 0 ? IpProtocol.Udp : IpProtocol.Tcp) with { Status = status });
        }
    }

    private static void Translations(List<Flow> flows, bool v6)
    {
        var (source, destination) = v6
            ? (InetAddress.Parse("2001:db8:5::5"), InetAddress.Parse("fd00::9"))
            : (InetAddress.Parse("203.0.113.5"), InetAddress.Parse("10.9.9.9"));
        foreach (var protocol in (IpProtocol[])[IpProtocol.Tcp, IpProtocol.Udp, IpProtocol.UdpLite, IpProtocol.Sctp])
        {
            for (var i = 0; i < 2; i++)
            {
                flows.Add(New(flows, v6, protocol) with { SourceNat = NatRange.To(source) });
                flows.Add(New(flows, v6, protocol) with { SourceNat = NatRange.To(source, (ushort)(30_000 + flows.Count)) });
                flows.Add(New(flows, v6, protocol) with { DestinationNat = NatRange.To(destination, (ushort)(31_000 + flows.Count)), Status = FlowStatus.SeenReply });
                flows.Add(New(flows, v6, protocol) with { SourceNat = NatRange.To(source), DestinationNat = NatRange.To(destination), Mark = 5 });
                flows.Add(New(flows, v6, protocol) with { SourceNat = new NatRange { First = source, Last = source, FirstPort = 20_000, LastPort = 29_999 } });
            }
        }

        // Translated to itself: the decision was taken, and nothing changed.
        var same = New(flows, v6, IpProtocol.Udp);
        flows.Add(same with { SourceNat = NatRange.To(same.Original.Source, same.Original.SourcePort) });
        var echo = Icmp(flows, v6, v6 ? (byte)128 : (byte)8, 0);
        flows.Add(echo with { SourceNat = NatRange.To(source) });
        var zoned = New(flows, v6, IpProtocol.Udp);
        flows.Add(zoned with { Original = zoned.Original.InZone(3), Reply = zoned.Original.Inverted().InZone(3), SourceNat = NatRange.To(source, 999) });
    }

    private static void Extensions(List<Flow> flows, bool v6)
    {
        foreach (var (protocol, port, name) in Helpers.Where(h => !v6 || h.Name != "irc")) // which is for IPv4 alone
            flows.Add(New(flows, v6, protocol, destinationPort: port) with { Helper = new FlowHelper(name) });
        flows.Add(New(flows, v6, IpProtocol.Tcp) with { OriginalSequence = new SequenceAdjustment(0xfffffff0, -5, 17), ReplySequence = new SequenceAdjustment(1, 0, int.MinValue) });
        flows.Add(New(flows, v6, IpProtocol.Tcp) with { OriginalSequence = new SequenceAdjustment(77, 1, 2) });
        flows.Add(New(flows, v6, IpProtocol.Tcp) with { ReplySequence = new SequenceAdjustment(78, 3, 4), Mark = 9 });
        flows.Add(New(flows, v6, IpProtocol.Tcp) with { SynProxy = new SynProxyState(1, 0x80000001, uint.MaxValue) });
    }

    private static void Expected(List<Flow> flows, bool v6)
    {
        var master = New(flows, v6, IpProtocol.Tcp, destinationPort: 21) with { Helper = new FlowHelper("ftp"), Status = FlowStatus.SeenReply | FlowStatus.Assured };
        flows.Add(master);
        for (var i = 0; i < 3; i++)
            flows.Add(New(flows, v6, IpProtocol.Tcp, destinationPort: 20) with { Master = master.Original, Mark = (uint)i });
    }

    private static void Labels(List<Flow> flows)
    {
        foreach (var label in (int[])[0, 1, 31, 32, 63, 64, 100, 127])
            flows.Add(New(flows, label % 2 == 0, IpProtocol.Udp) with { Labels = ConntrackLabels.Of(label) });
        flows.Add(New(flows, v6: false, IpProtocol.Tcp) with { Labels = ConntrackLabels.Of(0, 64, 127), Mark = 3 });
        flows.Add(New(flows, v6: true, IpProtocol.Tcp) with { Labels = ConntrackLabels.All });
    }

    private static Flow New(List<Flow> flows, bool v6, IpProtocol protocol, bool withPorts = true, ushort destinationPort = 443)
    {
        var n = flows.Count + 1;
        var numbered = v6 ? Flows.Numbered6(n, protocol, destinationPort) : Flows.Numbered(n, protocol, destinationPort);
        return new Flow
        {
            Original = withPorts ? numbered : new ConntrackTuple(protocol, numbered.Source, 0, numbered.Destination, 0),
            Timeout = TimeSpan.FromSeconds(1000 + n),
        };
    }

    private static Flow Icmp(List<Flow> flows, bool v6, byte type, byte code)
    {
        var flow = New(flows, v6, IpProtocol.Udp);
        return flow with { Original = ConntrackTuple.Icmp(flow.Original.Source, flow.Original.Destination, type, code, (ushort)(flows.Count + 1)) };
    }
}
